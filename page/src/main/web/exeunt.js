import { ExeuntAccount } from './account.js';
import { ExeuntBanner } from './banner.js';
import { ExeuntLink } from './link.js';
import { ExeuntPage } from './page.js';

customElements.define('exeunt-account', ExeuntAccount);
customElements.define('exeunt-banner', ExeuntBanner);
customElements.define('exeunt-link', ExeuntLink);
customElements.define('exeunt-page', ExeuntPage);
