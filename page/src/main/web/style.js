import { css } from 'lit';

/* An application sets the variables that begin with --exeunt, and reaches single pieces by ::part. */
export const style = css`
  :host {
    --text: var(--exeunt-text, CanvasText);
    --background: var(--exeunt-background, Canvas);
    --line: var(--exeunt-line, #767676);
    --accent: var(--exeunt-accent, #0b57d0);
    --danger: var(--exeunt-danger, #b3261e);
    --on-danger: var(--exeunt-on-danger, #fff);
    --fault: var(--exeunt-fault, #b3261e);
    --radius: var(--exeunt-radius, .5rem);
    display: block;
    color: var(--text);
    background: var(--background);
    font: var(--exeunt-font, 1.05rem/1.55 system-ui, sans-serif);
    overflow-wrap: anywhere;
  }
  :host([hidden]) { display: none; }
  @media (prefers-color-scheme: dark) {
    :host {
      --accent: var(--exeunt-accent, #a8c7fa);
      --danger: var(--exeunt-danger, #c5423a);
      --fault: var(--exeunt-fault, #ff8a80);
      --line: var(--exeunt-line, #8e918f);
    }
  }
  section { border-block-start: 1px solid var(--line); padding-block: 1.25rem; }
  h1 { font-size: 1.6rem; margin: 0 0 1rem; }
  h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
  h3 { font-size: 1.1rem; margin: 1.25rem 0 .5rem; }
  h4 { font-size: 1rem; margin: 0; }
  p { margin: .5rem 0; }
  button, a.button {
    font: inherit; color: inherit; background: none; border: 1px solid currentColor; border-radius: var(--radius);
    min-height: 2.75rem; padding: .5rem 1rem; cursor: pointer; text-align: start;
  }
  a.button { display: inline-block; box-sizing: border-box; text-decoration: none; }
  button.danger { background: var(--danger); border-color: var(--danger); color: var(--on-danger); }
  button:disabled, button[aria-disabled=true] { opacity: .55; cursor: default; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  a { color: var(--accent); }
  .buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-block: 1rem; }
  .ways { list-style: none; padding: 0; }
  .ways li { margin-block: 1rem; }
  input[type=text] {
    display: block; box-sizing: border-box; inline-size: 100%; min-height: 2.75rem; margin-block-start: .25rem; padding: .45rem;
    font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: var(--radius);
  }
  fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; }
  summary { cursor: pointer; padding-block: .6rem; }
  .tick { display: flex; gap: .6rem; align-items: start; margin-block: .6rem; }
  .tick input { inline-size: 1.5rem; block-size: 1.5rem; flex: none; margin: 0; }
  progress { inline-size: 100%; accent-color: var(--accent); }
  table { border-collapse: collapse; inline-size: 100%; margin-block: 1rem; }
  caption { text-align: start; padding-block-end: .3rem; }
  th, td { text-align: start; vertical-align: top; padding-block: .35rem; padding-inline: 0 .5rem; border-block-end: 1px solid var(--line); }
  tbody th { font-weight: normal; }
  th small { display: block; }
  .number { text-align: end; white-space: nowrap; padding-inline-end: 0; }
  .mark { border-inline-start: .3rem solid var(--accent); padding-inline-start: .8rem; margin-block: 1rem; }
  .mark.danger { border-color: var(--danger); }
  .mark:empty { display: none; }
  .fault { display: block; color: var(--fault); font-weight: bold; }
  [aria-invalid=true] { outline: 2px solid var(--fault); }
  .quiet { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (prefers-reduced-motion: no-preference) { button { transition: background-color .15s; } }
  @media (max-width: 30rem) { .buttons button, .buttons a.button { inline-size: 100%; } }
`;
