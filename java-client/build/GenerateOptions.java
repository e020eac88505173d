// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns the lists of options that the server publishes, one for each method (proto/options/), into
 * Java: run by the build as {@code java GenerateOptions.java client|weka LISTS FOLDER}. One file,
 * so that no build step has to compile it first.
 */
public final class GenerateOptions {
  private static final String NOTE =
      "// Generated from proto/options by GenerateOptions.java; not to be edited.\n";

  /** The method whose options have typed setters and bean properties. */
  private static final String TYPED = "aemlo";

  private final List<Map<String, Object>> methods;
  private final List<Map<String, Object>> options;
  private final List<Map<String, Object>> presets;
  private final Path folder;

  private GenerateOptions(List<Map<String, Object>> methods, Path folder) {
    this.methods = methods;
    this.options = maps(methods.get(0).get("options"));
    this.presets = maps(methods.get(0).get("presets"));
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    var generator = new GenerateOptions(read(Path.of(args[1])), Path.of(args[2]));
    if (args[0].equals("client")) {
      generator.client();
    } else {
      generator.weka();
    }
  }

  /** The methods, the one with setters first, the others by name. */
  private static List<Map<String, Object>> read(Path folder) throws IOException {
    List<Map<String, Object>> methods = new ArrayList<>();
    List<Path> files;
    try (var found = Files.newDirectoryStream(folder, "*.json")) {
      files = new ArrayList<>();
      found.forEach(files::add);
    }
    for (Path file : files) {
      methods.add(map(new Json(Files.readString(file)).value()));
    }
    methods.sort(
        Comparator.<Map<String, Object>, Boolean>comparing(m -> !word(m).equals(TYPED))
            .thenComparing(GenerateOptions::word));
    if (methods.isEmpty() || !word(methods.get(0)).equals(TYPED)) {
      throw new IllegalArgumentException("no list of the method '" + TYPED + "' in " + folder);
    }
    return methods;
  }

  // The client: the methods, an enumeration for each choice, typed setters, and the lists
  // themselves.

  private void client() throws IOException {
    methods();
    for (Map<String, Object> option : options) {
      if (type(option).equals("choice")) {
        enumeration(
            pascal(name(option)), option.get("description") + ".", strings(option.get("choices")));
      }
    }
    List<String> names = new ArrayList<>();
    presets.forEach(preset -> names.add((String) preset.get("name")));
    enumeration("Preset", "Where the options start from.", names);
    setters();
    catalog();
  }

  private void methods() throws IOException {
    var text =
        new StringBuilder(
            NOTE
                + "package aemlo.client.option;\n\n/** The resampling methods. */\npublic enum Method implements Choice {\n");
    text.append(
        methods.stream()
            .map(
                method ->
                    "  /** "
                        + escaped(method.get("description") + ". (" + method.get("source") + ")")
                        + " */\n  "
                        + constant(word(method))
                        + "("
                        + quoted(word(method))
                        + ", "
                        + quoted(method.get("title"))
                        + ", "
                        + quoted(method.get("description"))
                        + ")")
            .collect(Collectors.joining(",\n", "", ";\n\n")));
    text.append(
        "  private final String word;\n  private final String title;\n  private final String description;\n\n"
            + "  Method(String word, String title, String description) {\n    this.word = word;\n    this.title = title;\n"
            + "    this.description = description;\n  }\n\n"
            + "  @Override\n  public String word() {\n    return word;\n  }\n\n"
            + "  /** The name in the literature. */\n  public String title() {\n    return title;\n  }\n\n"
            + "  /** What it does, in one sentence without a full stop. */\n  public String description() {\n    return description;\n  }\n}\n");
    write("aemlo/client/option", "Method", text);
  }

  private void enumeration(String name, String description, List<String> words) throws IOException {
    var text =
        new StringBuilder(
            NOTE
                + "package aemlo.client.option;\n\n/** "
                + description
                + " */\npublic enum "
                + name
                + " implements Choice {\n");
    for (int i = 0; i < words.size(); i++) {
      text.append("  /** ")
          .append(words.get(i))
          .append(" */\n  ")
          .append(constant(words.get(i)))
          .append('(')
          .append(quoted(words.get(i)))
          .append(i + 1 < words.size() ? "),\n" : ");\n");
    }
    text.append("\n  private final String word;\n\n  ")
        .append(name)
        .append("(String word) {\n    this.word = word;\n  }\n\n")
        .append("  @Override\n  public String word() {\n    return word;\n  }\n}\n");
    write("aemlo/client/option", name, text);
  }

  private void setters() throws IOException {
    var text =
        new StringBuilder(
            NOTE
                + "package aemlo.client.option;\n\n/** A setter for every option of AEMLO; other methods take those that they share with it. */\n"
                + "public abstract class TypedOptions<B extends TypedOptions<B>> {\n"
                + "  /** Sets an option by name, in the text of the command line. */\n  public abstract B set(String name, String value);\n");
    for (Map<String, Object> option : options) {
      String parameter = type(option).equals("choice") ? pascal(name(option)) : javaType(option);
      String value = type(option).equals("choice") ? "value.word()" : "String.valueOf(value)";
      text.append("\n  /** ")
          .append(sentence(option))
          .append(" */\n  public B ")
          .append(camel(name(option)))
          .append('(')
          .append(parameter)
          .append(" value) {\n    return set(")
          .append(quoted(name(option)))
          .append(", ")
          .append(value)
          .append(");\n  }\n");
    }
    write("aemlo/client/option", "TypedOptions", text.append("}\n"));
  }

  private void catalog() throws IOException {
    var text =
        new StringBuilder(
            NOTE
                + "package aemlo.client.option;\n\nimport java.util.List;\nimport java.util.Map;\n\n"
                + "/** The options and presets of each method that this client was built with. */\nfinal class OptionList {\n  private OptionList() {}\n\n");
    map(text, "List<OptionDescription>", "OPTIONS", "Options()");
    map(text, "Map<String, Map<String, String>>", "PRESETS", "Presets()");
    for (Map<String, Object> method : methods) {
      String name = camel(word(method));
      text.append("\n  private static List<OptionDescription> ")
          .append(name)
          .append("Options() {\n    return List.of(\n")
          .append(
              maps(method.get("options")).stream()
                  .map(GenerateOptions::description)
                  .collect(Collectors.joining(",\n", "", ");\n  }\n")))
          .append("\n  private static Map<String, Map<String, String>> ")
          .append(name)
          .append("Presets() {\n    return Map.ofEntries(\n")
          .append(
              maps(method.get("presets")).stream()
                  .map(GenerateOptions::preset)
                  .collect(Collectors.joining(",\n", "", ");\n  }\n")));
    }
    write("aemlo/client/option", "OptionList", text.append("}\n"));
  }

  private void map(StringBuilder text, String type, String name, String function) {
    text.append("  static final Map<Method, ")
        .append(type)
        .append("> ")
        .append(name)
        .append(" =\n      Map.ofEntries(\n")
        .append(
            methods.stream()
                .map(
                    method ->
                        "          Map.entry(Method."
                            + constant(word(method))
                            + ", "
                            + camel(word(method))
                            + function
                            + ")")
                .collect(Collectors.joining(",\n", "", ");\n")));
  }

  private static String description(Map<String, Object> o) {
    return "        new OptionDescription("
        + String.join(
            ", ",
            quoted(name(o)),
            "OptionType." + type(o).toUpperCase(Locale.ROOT),
            quoted(o.get("description")),
            quoted(o.get("unit")),
            quoted(o.get("source")),
            quoted(o.get("default")),
            "new Range("
                + o.get("minimum")
                + ", "
                + o.get("minimumExclusive")
                + ", "
                + o.get("maximum")
                + ", "
                + o.get("maximumExclusive")
                + ")",
            "List.of(" + quotedList(strings(o.get("choices"))) + ")",
            quoted(o.get("unset")),
            String.valueOf(o.get("affectsTraining")))
        + ")";
  }

  private static String preset(Map<String, Object> preset) {
    return "        Map.entry("
        + quoted(name(preset))
        + ", "
        + map(preset.get("options")).entrySet().stream()
            .map(
                value ->
                    "Map.entry(" + quoted(value.getKey()) + ", " + quoted(value.getValue()) + ")")
            .collect(Collectors.joining(", ", "Map.ofEntries(", "))"));
  }

  // Weka: a bean property with its tip for every option but the seed, which Weka's Randomizable has
  // its own name and type for.

  private void weka() throws IOException {
    var text =
        new StringBuilder(
            NOTE
                + "package aemlo.weka;\n\nimport weka.core.SelectedTag;\nimport weka.core.Tag;\nimport weka.filters.Filter;\n\n"
                + "/** A property for every option of AEMLO; what is not set follows the preset. */\n"
                + "public abstract class MethodOptionsFilter extends Filter {\n  private static final long serialVersionUID = 1L;\n\n"
                + "  /** The value that counts, in the text of the command line; null when unset. */\n  protected abstract String optionValue(String name);\n\n"
                + "  /** Sets a value; one that equals the preset's follows the preset again. */\n  protected abstract void setOptionValue(String name, String value);\n\n"
                + "  /** The tags of a list of words. */\n  protected abstract Tag[] tagsOf(String name);\n");
    for (Map<String, Object> option : options) {
      if (!name(option).equals("seed")) {
        text.append(property(option));
      }
    }
    write("aemlo/weka", "MethodOptionsFilter", text.append("}\n"));
  }

  private String property(Map<String, Object> option) {
    String id = quoted(name(option));
    String bean = pascal(name(option));
    String type = type(option).equals("choice") ? "SelectedTag" : javaType(option);
    String get;
    String set = "setOptionValue(" + id + ", String.valueOf(value))";
    switch (type) {
      case "SelectedTag":
        get = "return new SelectedTag(optionValue(" + id + "), tagsOf(" + id + "))";
        set = "setOptionValue(" + id + ", value.getSelectedTag().getIDStr())";
        break;
      case "boolean":
        get = "return Boolean.parseBoolean(optionValue(" + id + "))";
        break;
      case "double":
        get = "return Double.parseDouble(optionValue(" + id + "))";
        break;
      default:
        get =
            option.get("unset") == null
                ? "return Integer.parseInt(optionValue(" + id + "))"
                : "String text = optionValue("
                    + id
                    + ");\n    return text == null ? -1 : Integer.parseInt(text)";
        set =
            option.get("unset") == null
                ? set
                : "setOptionValue(" + id + ", value < 0 ? null : String.valueOf(value))";
    }
    String tip = sentence(option).replace("{@code ", "").replace("}", "");
    return "\n  public "
        + type
        + " get"
        + bean
        + "() {\n    "
        + get
        + ";\n  }\n\n  public void set"
        + bean
        + "("
        + type
        + " value) {\n    "
        + set
        + ";\n  }\n\n  public String "
        + camel(name(option))
        + "TipText() {\n    return "
        + quoted(tip)
        + ";\n  }\n";
  }

  // Names and words.

  private static String sentence(Map<String, Object> option) {
    var text = new StringBuilder(escaped(option.get("description")));
    if (!option.get("unit").equals("")) {
      text.append(", in ").append(option.get("unit"));
    }
    text.append(". ");
    text.append(
        option.get("default") != null
            ? "Default: " + option.get("default")
            : "Unset: " + option.get("unset"));
    return text.append(" (").append(option.get("source")).append(").").toString();
  }

  private static String escaped(Object text) {
    return text.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String javaType(Map<String, Object> option) {
    switch (type(option)) {
      case "flag":
        return "boolean";
      case "number":
        return "double";
      default:
        return ((Number) option.get("maximum")).doubleValue() > Integer.MAX_VALUE ? "long" : "int";
    }
  }

  private static String name(Map<String, Object> option) {
    return (String) option.get("name");
  }

  private static String word(Map<String, Object> method) {
    return (String) method.get("method");
  }

  private static String type(Map<String, Object> option) {
    return (String) option.get("type");
  }

  private static String camel(String name) {
    String pascal = pascal(name);
    return Character.toLowerCase(pascal.charAt(0)) + pascal.substring(1);
  }

  private static String pascal(String name) {
    var text = new StringBuilder();
    for (String part : name.split("-")) {
      text.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
    }
    return text.toString();
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object list) {
    return (List<String>) list;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> maps(Object list) {
    return (List<Map<String, Object>>) list;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object object) {
    return (Map<String, Object>) object;
  }

  private static String quotedList(List<String> words) {
    var quoted = new ArrayList<String>();
    words.forEach(word -> quoted.add(quoted(word)));
    return String.join(", ", quoted);
  }

  private static String quoted(Object text) {
    return text == null
        ? "null"
        : '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void write(String path, String name, CharSequence text) throws IOException {
    Path file = folder.resolve(path).resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** As much of JSON as the list needs: objects, arrays, strings, numbers, true, false and null. */
  private static final class Json {
    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    Object value() {
      switch (peek()) {
        case '{':
          var object = new LinkedHashMap<String, Object>();
          for (at++; peek() != '}'; skip(',')) {
            String key = string();
            expect(':');
            object.put(key, value());
          }
          at++;
          return object;
        case '[':
          var array = new ArrayList<Object>();
          for (at++; peek() != ']'; skip(',')) {
            array.add(value());
          }
          at++;
          return array;
        case '"':
          return string();
        default:
          int start = at;
          while (at < text.length()
              && ",]}".indexOf(text.charAt(at)) < 0
              && !Character.isWhitespace(text.charAt(at))) {
            at++;
          }
          String word = text.substring(start, at);
          return word.equals("null")
              ? null
              : word.equals("true") || word.equals("false")
                  ? (Object) Boolean.valueOf(word)
                  : Double.valueOf(word);
      }
    }

    private String string() {
      expect('"');
      var out = new StringBuilder();
      for (; text.charAt(at) != '"'; at++) {
        if (text.charAt(at) != '\\') {
          out.append(text.charAt(at));
        } else if (text.charAt(++at) == 'u') {
          out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        } else {
          out.append(
              "\"\\/bfnrt".indexOf(text.charAt(at)) < 3
                  ? text.charAt(at)
                  : "\b\f\n\r\t".charAt("bfnrt".indexOf(text.charAt(at))));
        }
      }
      at++;
      return out.toString();
    }

    private char peek() {
      while (Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.charAt(at);
    }

    private void skip(char separator) {
      if (peek() == separator) {
        at++;
      }
    }

    private void expect(char wanted) {
      if (peek() != wanted) {
        throw new IllegalArgumentException(
            "option list: '"
                + wanted
                + "' expected at character "
                + at
                + ", found '"
                + text.charAt(at)
                + "'");
      }
      at++;
    }
  }
}
