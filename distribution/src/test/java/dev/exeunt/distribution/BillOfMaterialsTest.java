package dev.exeunt.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tests that the BOM names what is published, in the version of the project, and nothing else. */
class BillOfMaterialsTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void theBomNamesEveryPublishedModule() throws Exception {
        List<String> published = new ArrayList<>();
        for (String module : texts(pom(ROOT), "module")) {
            Element pom = pom(ROOT.resolve(module));
            boolean jar = childTexts(pom, "packaging").isEmpty();
            if (jar && !texts(pom, "maven.deploy.skip").contains("true")) {
                published.add(childTexts(pom, "artifactId").get(0));
            }
        }
        NodeList named = pom(ROOT.resolve("exeunt-bom")).getElementsByTagName("dependency");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < named.getLength(); i++) {
            Element dependency = (Element) named.item(i);
            assertThat(childTexts(dependency, "groupId")).containsExactly("dev.exeunt");
            assertThat(childTexts(dependency, "version")).containsExactly("${project.version}");
            names.addAll(childTexts(dependency, "artifactId"));
        }
        assertThat(names).isNotEmpty().containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void theBomHasTheVersionOfTheProjectAndNoParent() throws Exception {
        Element bom = pom(ROOT.resolve("exeunt-bom"));
        assertThat(childTexts(bom, "version")).containsExactly(System.getProperty("exeunt.version"));
        assertThat(childTexts(bom, "parent")).isEmpty();
    }

    private static Element pom(Path module) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(module.resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    private static List<String> texts(Element element, String tag) {
        List<String> texts = new ArrayList<>();
        NodeList found = element.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent().strip());
        }
        return texts;
    }

    private static List<String> childTexts(Element element, String tag) {
        List<String> texts = new ArrayList<>();
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(tag)) {
                texts.add(child.getTextContent().strip());
            }
        }
        return texts;
    }
}
