// SPDX-License-Identifier: Apache-2.0
package aemlo.client.doctor;

import aemlo.client.AemloClient;
import aemlo.client.AemloException;
import aemlo.client.AemloOptions;
import aemlo.client.OversamplingResult;
import aemlo.client.ServerInfo;
import aemlo.client.ServerSettings;
import aemlo.client.internal.Version;
import aemlo.client.local.AemloProgram;
import aemlo.client.option.MinorityRule;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Says what works between this JVM and an aemlo server, and what to do about what does not. */
public final class Doctor {
  private static final String USAGE =
      String.join(
          System.lineSeparator(),
          "usage: java -cp aemlo-client.jar aemlo.client.doctor.Doctor [options]",
          "  --server ADDRESS        host:port, http://host:port or https://host:port; without it AEMLO_SERVER, or a server of its own",
          "  --token-variable NAME   environment variable that holds the token",
          "  --token-file FILE       file that holds the token",
          "  --trust FILE            PEM file of the authority that signed the server's certificate");

  private final PrintStream out;
  private int problems;

  Doctor(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(new Doctor(System.out).run(args));
  }

  /** 0 when all is well, 1 when something does not work, 2 for wrong options. */
  int run(String... args) {
    ServerSettings settings;
    try {
      settings = parse(args);
    } catch (IllegalArgumentException wrong) {
      out.println(wrong.getMessage());
      out.println(USAGE);
      return 2;
    }
    ok(
        "Java "
            + System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vendor")
            + "), "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch"));
    ok("aemlo-client " + Version.TEXT + ", " + memory());
    hosts();
    server(settings);
    out.println(
        problems == 0 ? "all is well" : problems + (problems == 1 ? " problem" : " problems"));
    return problems == 0 ? 0 : 1;
  }

  private void server(ServerSettings settings) {
    try {
      if (settings.address().isEmpty() && System.getenv(AemloClient.ADDRESS_VARIABLE) == null) {
        ok("program to start a server: " + AemloProgram.find());
      }
      try (AemloClient client = AemloClient.open(settings)) {
        describe(client.serverInfo(), client.address());
        train(client);
        // A server knows its devices once their workers are up.
        devices(client.serverInfo());
      }
    } catch (AemloException error) {
      problem(error.getMessage());
    }
  }

  private void describe(ServerInfo info, String address) {
    ok(
        "server "
            + info.version()
            + " at "
            + address
            + ", "
            + info.torchVersion()
            + ", tenant "
            + info.tenant());
    ok("methods: " + String.join(", ", info.methods()));
    info.differences()
        .forEach(difference -> problem(difference + "; use client and server of the same version"));
  }

  private void devices(ServerInfo info) {
    for (ServerInfo.DeviceInfo device : info.devices()) {
      String text =
          "device "
              + device.name()
              + ": "
              + device.description()
              + (device.memoryBytes() > 0 ? ", " + (device.memoryBytes() >> 20) + " MiB" : "");
      if (device.ready()) {
        ok(text);
      } else {
        out.println("  wait  " + text + "; its worker is not up yet");
      }
    }
  }

  private void train(AemloClient client) {
    AemloOptions options =
        AemloOptions.builder()
            .hidden(16)
            .latent(8)
            .epochs(2)
            .minorityRule(MinorityRule.ALL)
            .num(10)
            .seed(1)
            .build();
    long begin = System.nanoTime();
    OversamplingResult result = client.oversample(SmallData.make(), options);
    if (result.newRows().rows() == 10) {
      ok(
          "a small training on "
              + result.summary().device()
              + " made 10 rows in "
              + (System.nanoTime() - begin) / 1_000_000
              + " ms");
    } else {
      problem(
          "a small training made "
              + result.newRows().rows()
              + " rows where 10 were asked for: "
              + result.summary().warnings());
    }
  }

  /** What is known to go wrong between the hosts themselves. */
  private void hosts() {
    Map<String, String> hosts =
        Map.of(
            "Weka",
            "weka.core.Instances",
            "Mulan",
            "mulan.data.MultiLabelInstances",
            "MEKA",
            "meka.core.MLUtils");
    hosts.keySet().stream()
        .sorted()
        .forEach(
            host -> {
              if (find(hosts.get(host)) != null) {
                ok(host + " is on the class path");
              }
            });
    Class<?> curve = find("weka.classifiers.evaluation.ThresholdCurve");
    Class<?> measure = find("mulan.evaluation.measure.LabelBasedAUC");
    boolean oldMulan = measure != null && find("mulan.sampling.MultiLabelSampling") == null;
    if (oldMulan
        && curve != null
        && Arrays.stream(curve.getMethods()).noneMatch(Doctor::takesFastVector)) {
      out.println(
          "  note  this Mulan's MacroAUC and MicroAUC, and Evaluator calls without a list of measures, fail with this Weka (NoSuchMethodError);"
              + " pass a list of measures, with aemlo.mulan.MacroAuc for MacroAUC");
    }
  }

  private static boolean takesFastVector(java.lang.reflect.Method method) {
    return method.getName().equals("getCurve")
        && method.getParameterCount() == 2
        && method.getParameterTypes()[0].getSimpleName().equals("FastVector");
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName(name, false, Doctor.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      return null;
    }
  }

  private static ServerSettings parse(String[] args) {
    ServerSettings.Builder settings = ServerSettings.builder();
    Iterator<String> words = List.of(args).iterator();
    while (words.hasNext()) {
      String option = words.next();
      if (!words.hasNext()) {
        throw new IllegalArgumentException(
            "'" + option + "' is no option, or its value is missing");
      }
      String value = words.next();
      switch (option) {
        case "--server":
          settings.address(value);
          break;
        case "--token-variable":
          settings.tokenFromEnvironment(value);
          break;
        case "--token-file":
          settings.tokenFromFile(Path.of(value));
          break;
        case "--trust":
          settings.trust(Path.of(value));
          break;
        default:
          throw new IllegalArgumentException("'" + option + "' is no option");
      }
    }
    return settings.build();
  }

  private static String memory() {
    return "up to " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB of memory";
  }

  private void ok(String text) {
    out.println("  ok    " + text);
  }

  private void problem(String text) {
    problems++;
    out.println("  FAIL  " + text);
  }
}
