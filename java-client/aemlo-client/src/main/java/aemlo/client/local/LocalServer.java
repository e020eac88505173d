// SPDX-License-Identifier: Apache-2.0
package aemlo.client.local;

import aemlo.client.AemloException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that runs as a child of this JVM on a free port of the loopback address, one for the
 * whole JVM. It ends when its standard input does: at the latest when the JVM is gone, however it
 * went.
 */
public final class LocalServer {
  private static final Pattern LISTENING =
      Pattern.compile("listening on (http://127\\.0\\.0\\.1:[0-9]+)");
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 10;
  private static final int LOOK_MS = 50;
  private static final int LAST_WORDS_MS = 2000;
  private static final int LINES_KEPT = 20;

  private static LocalServer current;

  private final Process process;
  private final Path program;
  private final Path folder;
  private final List<Thread> readers = new ArrayList<>();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<String> address = new CompletableFuture<>();

  private LocalServer(Path program, Path folder, Process process) {
    this.program = program;
    this.folder = folder;
    this.process = process;
  }

  /**
   * The JVM's server, started now if it does not run.
   *
   * @throws AemloException there is no aemlo, or it does not start; the message holds what it said
   */
  public static synchronized LocalServer get() {
    if (current == null || !current.process.isAlive()) {
      current = start(AemloProgram.find());
    }
    return current;
  }

  /** Where it listens, as in http://127.0.0.1:41234. */
  public String address() {
    return address.join();
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  /** What became of it, with its last words; null while it runs. */
  public String obituary() {
    if (process.isAlive()) {
      return null;
    }
    readToTheEnd();
    return "the server that was started here ("
        + program
        + ") has ended with code "
        + process.exitValue()
        + said();
  }

  private static LocalServer start(Path program) {
    LocalServer server;
    try {
      Path folder = ServerFolder.make();
      // A job that still runs when the JVM ends has nobody who waits for it.
      List<String> command =
          List.of(
              program.toString(),
              "serve",
              "--listen",
              "127.0.0.1:0",
              "--stop-with-parent",
              "--drain-seconds",
              "0",
              "--data",
              folder.toString());
      server = new LocalServer(program, folder, new ProcessBuilder(command).start());
    } catch (IOException error) {
      throw failed(program + " cannot be started: " + error.getMessage(), error);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "aemlo-server-stop"));
    server.read(server.process.getInputStream(), "output");
    server.read(server.process.getErrorStream(), "errors");
    server.awaitAddress();
    return server;
  }

  private void awaitAddress() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    try {
      // Asked again and again: the notice of its end waits for its pipes, which a process that it
      // started may hold open.
      while (process.isAlive() && System.nanoTime() < end && !isListening()) {
        // Waited already.
      }
    } catch (InterruptedException interrupted) {
      stop();
      Thread.currentThread().interrupt();
      throw new AemloException(
          AemloException.Reason.CANCELLED,
          "the thread was interrupted while the aemlo server started; run it again",
          interrupted);
    }
    if (!process.isAlive()) {
      throw failed(obituary() + ". 'aemlo doctor' says what is wrong with it", null);
    }
    if (!address.isDone()) {
      stop();
      throw failed(
          program
              + " did not say within "
              + START_SECONDS
              + " s where it listens"
              + said()
              + ". Run '"
              + program
              + " serve' by hand to see why",
          null);
    }
  }

  private boolean isListening() throws InterruptedException {
    try {
      address.get(LOOK_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads a stream to its end, so that the server never waits for a full pipe; keeps the last
   * lines.
   */
  private void read(InputStream stream, String what) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  keep(line);
                }
              } catch (IOException closed) {
                keep("(" + what + " cannot be read any more: " + closed.getMessage() + ")");
              }
            },
            "aemlo-server-" + what);
    reader.setDaemon(true);
    reader.start();
    readers.add(reader);
  }

  /** Its end is known before its last words have been read. */
  private void readToTheEnd() {
    try {
      for (Thread reader : readers) {
        reader.join(LAST_WORDS_MS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(String line) {
    Matcher found = LISTENING.matcher(line);
    if (found.find()) {
      address.complete(found.group(1));
    }
    synchronized (lastLines) {
      lastLines.addLast(line);
      if (lastLines.size() > LINES_KEPT) {
        lastLines.removeFirst();
      }
    }
  }

  private String said() {
    synchronized (lastLines) {
      List<String> lines = new ArrayList<>(lastLines);
      return lines.isEmpty() ? ", without a word" : "; it said: " + String.join(" / ", lines);
    }
  }

  private void stop() {
    if (!endsByItself()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    ServerFolder.remove(folder);
  }

  private boolean endsByItself() {
    try {
      process.getOutputStream().close();
      return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (IOException alreadyGone) {
      // Then nothing is left to stop.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return !process.isAlive();
  }

  private static AemloException failed(String message, Throwable cause) {
    return new AemloException(AemloException.Reason.LOCAL_SERVER, message, cause);
  }
}
