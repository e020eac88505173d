// SPDX-License-Identifier: Apache-2.0
package aemlo.client;

/** Told how a call goes on, in the thread that made the call. */
public interface ProgressListener {
  /** Tells nobody. */
  ProgressListener NONE = new ProgressListener() {};

  /** Rows of the data set have been sent; not called when the server has the data set already. */
  default void uploaded(int rows, int of) {}

  /** The job is safe on the server; joined when an equal one was there already. */
  default void accepted(String jobId, long seed, boolean joined) {}

  /** The job waits behind this many others. */
  default void queued(int position) {}

  /** A device works on the job; the epochs of an earlier attempt are not repeated. */
  default void started(String device, int attempt, int resumedEpochs) {}

  /** An epoch is over; a slow listener misses some. */
  default void epoch(EpochProgress progress) {}

  /** The server refused for now, or went away; the call goes on after a while. */
  default void waiting(String why) {}
}
