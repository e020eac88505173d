// SPDX-License-Identifier: Apache-2.0
package aemlo.client.local;

import aemlo.client.AemloException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the program aemlo on this machine. */
public final class AemloProgram {
  private static final String HOME = "AEMLO_HOME";

  private AemloProgram() {}

  /**
   * The program: AEMLO_HOME itself, in AEMLO_HOME or its folder bin, otherwise the first one on the
   * PATH.
   *
   * @throws AemloException there is none; the message says where it was looked for and how to
   *     install it
   */
  public static Path find() {
    return find(System.getenv(), System.getProperty("os.name", ""));
  }

  static Path find(Map<String, String> environment, String system) {
    boolean windows = system.toLowerCase(Locale.ROOT).startsWith("windows");
    String name = windows ? "aemlo.exe" : "aemlo";
    String home = environment.getOrDefault(HOME, "");
    List<Path> places = new ArrayList<>();
    if (!home.isBlank()) {
      add(places, home, "");
      add(places, home, name);
      add(places, home, "bin/" + name);
    } else {
      for (String folder : path(environment).split(File.pathSeparator)) {
        add(places, folder, name);
      }
    }
    for (Path place : places) {
      if (Files.isRegularFile(place) && (windows || Files.isExecutable(place))) {
        return place.toAbsolutePath();
      }
    }
    throw new AemloException(
        AemloException.Reason.LOCAL_SERVER,
        "no address of a server is given, and the program aemlo to start one was not found "
            + (home.isBlank() ? "on the PATH" : "in " + HOME + " (" + home + ")")
            + ". Install it ('make install PREFIX=$HOME/.local' in the sources of AEMLO Bridge, or unpack an archive of it) and put its folder on the PATH or in "
            + HOME
            + ", or give the address of a running server, for example in AEMLO_SERVER");
  }

  private static String path(Map<String, String> environment) {
    // Windows spells it Path.
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase("PATH"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static void add(List<Path> places, String folder, String name) {
    String clean =
        folder.length() > 1 && folder.startsWith("\"") && folder.endsWith("\"")
            ? folder.substring(1, folder.length() - 1)
            : folder;
    if (clean.isBlank()) {
      return;
    }
    try {
      places.add(Path.of(clean).resolve(name));
    } catch (InvalidPathException notAFolder) {
      // A PATH may hold anything; what is no path leads nowhere.
    }
  }
}
