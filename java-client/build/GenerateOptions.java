// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** What the list holds of each method. */
  private static final Map<String, String> TYPES =
      Map.of("Options", "List<OptionDescription>", "Presets", "Map<String, Map<String, String>>");

  private final List<Map<String, Object>> methods;
  private final List<Map<String, Object>> options;
  private final Path folder;

  private GenerateOptions(List<Map<String, Object>> methods, Path folder) {
    this.methods = methods;
    this.options = as(methods.get(0).get("options"));
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
    try (var files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        methods.add(as(new Json(Files.readString(file)).value()));
      }
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
            pascal(name(option)), option.get("description") + ".", as(option.get("choices")));
      }
    }
    List<Map<String, Object>> presets = as(methods.get(0).get("presets"));
    List<String> names = presets.stream().map(GenerateOptions::name).collect(Collectors.toList());
    enumeration("Preset", "Where the options start from.", names);
    setters();
    catalog();
  }

  private void methods() throws IOException {
    String constants =
        joined(
            methods,
            method ->
                String.format(
                    "  /** %s (%s). */\n  %s(%s, %s)",
                    escaped(method.get("description")),
                    escaped(method.get("source")),
                    constant(word(method)),
                    quoted(word(method)),
                    quoted(method.get("title"))));
    write(
        "aemlo/client/option",
        "Method",
        "/** The resampling methods. */\npublic enum Method implements Choice {\n"
            + constants
            + ";\n\n  private final String word;\n  private final String title;\n\n"
            + "  Method(String word, String title) {\n    this.word = word;\n    this.title = title;\n  }\n\n"
            + "  @Override\n  public String word() {\n    return word;\n  }\n\n"
            + "  /** The name in the literature. */\n  public String title() {\n    return title;\n  }\n}\n");
  }

  private void enumeration(String name, String description, List<String> words) throws IOException {
    String constants =
        joined(
            words,
            word -> String.format("  /** %s */\n  %s(%s)", word, constant(word), quoted(word)));
    String form =
        "/** %2$s */\npublic enum %1$s implements Choice {\n%3$s;\n\n  private final String word;\n\n"
            + "  %1$s(String word) {\n    this.word = word;\n  }\n\n"
            + "  @Override\n  public String word() {\n    return word;\n  }\n}\n";
    write("aemlo/client/option", name, String.format(form, name, description, constants));
  }

  private void setters() throws IOException {
    var text =
        new StringBuilder(
            "/** A setter for every option of AEMLO; other methods take those that they share with it. */\n"
                + "public abstract class TypedOptions<B extends TypedOptions<B>> {\n"
                + "  /** Sets an option by name, in the text of the command line. */\n  public abstract B set(String name, String value);\n");
    for (Map<String, Object> option : options) {
      boolean choice = type(option).equals("choice");
      text.append(
          String.format(
              "\n  /** %s */\n  public B %s(%s value) {\n    return set(%s, %s);\n  }\n",
              sentence(option),
              camel(name(option)),
              choice ? pascal(name(option)) : javaType(option),
              quoted(name(option)),
              choice ? "value.word()" : "String.valueOf(value)"));
    }
    write("aemlo/client/option", "TypedOptions", text + "}\n");
  }

  private void catalog() throws IOException {
    var text =
        new StringBuilder(
            "import java.util.List;\nimport java.util.Map;\n\n"
                + "/** The options and presets of each method that this client was built with. */\nfinal class OptionList {\n  private OptionList() {}\n\n");
    for (String what : new String[] {"Options", "Presets"}) {
      text.append(
          String.format(
              "  static final Map<Method, %s> %s =\n      Map.ofEntries(\n%s);\n",
              TYPES.get(what),
              what.toUpperCase(Locale.ROOT),
              joined(
                  methods,
                  method ->
                      String.format(
                          "          Map.entry(Method.%s, %s%s())",
                          constant(word(method)), camel(word(method)), what))));
    }
    String form = "\n  private static %s %s%s() {\n    return %s(\n%s);\n  }\n";
    for (Map<String, Object> method : methods) {
      String name = camel(word(method));
      String list = joined(as(method.get("options")), GenerateOptions::description);
      String map = joined(as(method.get("presets")), GenerateOptions::preset);
      text.append(String.format(form, TYPES.get("Options"), name, "Options", "List.of", list));
      text.append(String.format(form, TYPES.get("Presets"), name, "Presets", "Map.ofEntries", map));
    }
    write("aemlo/client/option", "OptionList", text + "}\n");
  }

  private static String description(Map<String, Object> o) {
    List<String> choices = as(o.get("choices"));
    String range =
        Stream.of("minimum", "minimumExclusive", "maximum", "maximumExclusive")
            .map(bound -> String.valueOf(o.get(bound)))
            .collect(Collectors.joining(", ", "new Range(", ")"));
    return String.format(
        "        new OptionDescription(%s, OptionType.%s, %s, %s, %s, %s, %s, List.of(%s), %s, %s)",
        quoted(name(o)),
        type(o).toUpperCase(Locale.ROOT),
        quoted(o.get("description")),
        quoted(o.get("unit")),
        quoted(o.get("source")),
        quoted(o.get("default")),
        range,
        choices.stream().map(GenerateOptions::quoted).collect(Collectors.joining(", ")),
        quoted(o.get("unset")),
        o.get("affectsTraining"));
  }

  private static String preset(Map<String, Object> preset) {
    Map<String, Object> options = as(preset.get("options"));
    String values =
        options.entrySet().stream()
            .map(v -> String.format("Map.entry(%s, %s)", quoted(v.getKey()), quoted(v.getValue())))
            .collect(Collectors.joining(", "));
    return String.format("        Map.entry(%s, Map.ofEntries(%s))", quoted(name(preset)), values);
  }

  // Weka: a bean property with its tip for every option but the seed, which Weka's Randomizable has
  // its own name and type for.

  private void weka() throws IOException {
    var text =
        new StringBuilder(
            "import weka.core.SelectedTag;\nimport weka.core.Tag;\nimport weka.filters.Filter;\n\n"
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
    write("aemlo/weka", "MethodOptionsFilter", text + "}\n");
  }

  private String property(Map<String, Object> option) {
    String type = type(option).equals("choice") ? "SelectedTag" : javaType(option);
    String get = "return Integer.parseInt(optionValue(%s))";
    String set = "String.valueOf(value)";
    if (type.equals("SelectedTag")) {
      get = "return new SelectedTag(optionValue(%1$s), tagsOf(%1$s))";
      set = "value.getSelectedTag().getIDStr()";
    } else if (type.equals("boolean")) {
      get = "return Boolean.parseBoolean(optionValue(%s))";
    } else if (type.equals("double")) {
      get = "return Double.parseDouble(optionValue(%s))";
    } else if (option.get("unset") != null) {
      get = "String text = optionValue(%s);\n    return text == null ? -1 : Integer.parseInt(text)";
      set = "value < 0 ? null : String.valueOf(value)";
    }
    String tip = sentence(option).replace("{@code ", "").replace("}", "");
    return String.format(
        "\n  public %1$s get%2$s() {\n    %3$s;\n  }\n\n  public void set%2$s(%1$s value) {\n    setOptionValue(%4$s, %5$s);\n  }\n\n"
            + "  public String %6$sTipText() {\n    return %7$s;\n  }\n",
        type,
        pascal(name(option)),
        String.format(get, quoted(name(option))),
        quoted(name(option)),
        set,
        camel(name(option)),
        quoted(tip));
  }

  // Names and words.

  private static String sentence(Map<String, Object> option) {
    Object unit = option.get("unit");
    String value =
        option.get("default") != null
            ? "Default: " + option.get("default")
            : "Unset: " + option.get("unset");
    return String.format(
        "%s%s. %s (%s).",
        escaped(option.get("description")),
        unit.equals("") ? "" : ", in " + unit,
        value,
        option.get("source"));
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
    return Arrays.stream(name.split("-"))
        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
        .collect(Collectors.joining());
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @SuppressWarnings("unchecked")
  private static <T> T as(Object value) {
    return (T) value;
  }

  /** One after the other, each on lines of its own. */
  private static <T> String joined(List<T> things, Function<T, String> text) {
    return things.stream().map(text).collect(Collectors.joining(",\n"));
  }

  private static String quoted(Object text) {
    return text == null
        ? "null"
        : '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void write(String path, String name, String text) throws IOException {
    Path file = folder.resolve(path).resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, NOTE + "package " + path.replace('/', '.') + ";\n\n" + text);
  }

  /**
   * As much of JSON as the lists need: objects, arrays, strings, numbers, true, false and null.
   * Commas and colons are taken for granted.
   */
  private static final class Json {
    private static final Pattern TOKEN =
        Pattern.compile("\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[{}\\[\\]]|[^\\s{}\\[\\],:\"]++");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))");

    private final Matcher tokens;

    Json(String text) {
      tokens = TOKEN.matcher(text);
    }

    Object value() {
      return value(next());
    }

    private Object value(String token) {
      switch (token) {
        case "{":
          var object = new LinkedHashMap<String, Object>();
          for (String key = next(); !key.equals("}"); key = next()) {
            object.put((String) value(key), value());
          }
          return object;
        case "[":
          var array = new ArrayList<Object>();
          for (String item = next(); !item.equals("]"); item = next()) {
            array.add(value(item));
          }
          return array;
        case "null":
          return null;
        case "true":
        case "false":
          return Boolean.valueOf(token);
        default:
          return token.startsWith("\"") ? string(token) : Double.valueOf(token);
      }
    }

    private static String string(String token) {
      return ESCAPE
          .matcher(token.substring(1, token.length() - 1))
          .replaceAll(found -> Matcher.quoteReplacement(character(found)));
    }

    private static String character(MatchResult escape) {
      if (escape.group(1) != null) {
        return String.valueOf((char) Integer.parseInt(escape.group(1), 16));
      }
      int control = "bfnrt".indexOf(escape.group(2));
      return control < 0 ? escape.group(2) : "\b\f\n\r\t".substring(control, control + 1);
    }

    private String next() {
      if (!tokens.find()) {
        throw new IllegalArgumentException("a list of options ends before it is complete");
      }
      return tokens.group();
    }
  }
}
