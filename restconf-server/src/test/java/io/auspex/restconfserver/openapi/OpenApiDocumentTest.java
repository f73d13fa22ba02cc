package io.auspex.restconfserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.schema.ModelLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OpenApiDocumentTest {
    private static final String MODULE = """
        module shop {
          yang-version 1.1; namespace "urn:shop"; prefix s;
          identity colour; identity red { base colour; } identity blue { base colour; }
          typedef code { type string { length "2..8"; pattern "[A-Z]+"; } }
          container shop {
            description "Where
              things are sold.";
            list shelf {
              key "room name";
              leaf room { type uint8 { range "1..9 | 20"; } }
              leaf name { type code; }
              leaf colour { type identityref { base colour; } default "red"; }
              leaf weight { type decimal64 { fraction-digits 2; range "0..10"; } }
              leaf sold { type uint64; config false; }
              leaf-list tag { type string; max-elements 3; }
              leaf kind { type enumeration { enum big; enum small; } mandatory true; }
              list box { key name; leaf name { type string; } leaf open { type empty; } }
              action tidy { input { leaf until { type int8; } } output { leaf moved { type boolean; } } }
            }
          }
          rpc close;
        }
        """;

    private static JsonNode document;

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("shop.yang"), MODULE);
        var model = ModelLoader.load(List.of(folder));
        document = new OpenApiDocument(model, "/restconf").of("shop"::equals, "1");
    }

    private static JsonNode schema(String name) {
        var found = document.path("components").path("schemas").path(name);
        assertThat(found.isMissingNode()).as(name).isFalse();
        return found;
    }

    private static JsonNode shelf(String leaf) {
        return schema("shop_shop.shelf").path("properties").path(leaf);
    }

    @Test
    void everyContainerListEntryActionAndRpcIsAPath() {
        assertThat(document.path("paths").propertyNames())
                .containsExactly(
                        "/data/shop:shop",
                        "/data/shop:shop/shelf",
                        "/data/shop:shop/shelf={shelf-room},{shelf-name}",
                        "/data/shop:shop/shelf={shelf-room},{shelf-name}/box",
                        "/data/shop:shop/shelf={shelf-room},{shelf-name}/box={box-name}",
                        "/data/shop:shop/shelf={shelf-room},{shelf-name}/shop:tidy",
                        "/operations/shop:close");
    }

    @Test
    void methodsAreThoseOfTheResource() {
        var paths = document.path("paths");
        assertThat(paths.path("/data/shop:shop/shelf={shelf-room},{shelf-name}").propertyNames())
                .containsExactly("parameters", "get", "post", "put", "patch", "delete");
        assertThat(paths.path("/data/shop:shop/shelf").propertyNames()).containsExactly("get");
        assertThat(paths.path("/operations/shop:close").propertyNames()).containsExactly("post");
        assertThat(paths.path("/operations/shop:close")
                        .path("post")
                        .path("responses")
                        .has("204"))
                .isTrue();
    }

    @Test
    void typesHaveTheirRestrictions() {
        assertThat(shelf("room").path("anyOf").toString())
                .isEqualTo("[{\"minimum\":1,\"maximum\":9},{\"minimum\":20,\"maximum\":20}]");
        assertThat(shelf("name").toString())
                .isEqualTo("{\"type\":\"string\",\"minLength\":2,\"maxLength\":8,\"pattern\":\"^(?:[A-Z]+)$\"}");
        assertThat(shelf("weight").path("pattern").asString()).isEqualTo("^-?[0-9]+(\\.[0-9]{1,2})?$");
        assertThat(shelf("weight").path("x-yang-range").asString()).isEqualTo("0..10");
        assertThat(shelf("kind").path("enum").toString()).isEqualTo("[\"big\",\"small\"]");
        assertThat(shelf("kind").path("x-yang-mandatory").asBoolean()).isTrue();
        assertThat(shelf("sold").path("readOnly").asBoolean()).isTrue();
        assertThat(shelf("sold").path("type").asString()).isEqualTo("string");
        assertThat(shelf("tag").path("maxItems").asInt()).isEqualTo(3);
    }

    @Test
    void anIdentityMayBeNamedWithOrWithoutItsModule() {
        var reference = shelf("colour").path("$ref").asString();
        assertThat(shelf("colour").path("default").asString()).isEqualTo("shop:red");
        assertThat(schema(reference.substring("#/components/schemas/".length()))
                        .path("enum")
                        .toString())
                .isEqualTo("[\"shop:blue\",\"shop:red\",\"blue\",\"red\"]");
    }

    @Test
    void keysAreRequiredAndDescriptionsAreOneLine() {
        assertThat(schema("shop_shop.shelf").path("required").toString()).isEqualTo("[\"room\",\"name\"]");
        assertThat(schema("shop_shop").path("description").asString()).isEqualTo("Where things are sold.");
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasANameOfItsOwn() {
        var ids = new HashSet<String>();
        document.path("paths")
                .forEach(item -> item.properties().stream()
                        .filter(p -> !p.getKey().equals("parameters"))
                        .forEach(p -> assertThat(
                                        ids.add(p.getValue().path("operationId").asString()))
                                .as(p.toString())
                                .isTrue()));
        document.findValuesAsString("$ref")
                .forEach(r -> assertThat(document.at(r.substring(1)).isMissingNode())
                        .as(r)
                        .isFalse());
    }
}
