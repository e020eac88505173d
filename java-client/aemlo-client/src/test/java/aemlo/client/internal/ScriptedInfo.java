// SPDX-License-Identifier: Apache-2.0
package aemlo.client.internal;

import aemlo.client.option.Method;
import aemlo.client.option.OptionCatalog;
import aemlo.client.option.OptionDescription;
import aemlo.client.option.OptionType;
import aemlo.client.v1.Device;
import aemlo.client.v1.GetServerInfoRequest;
import aemlo.client.v1.GetServerInfoResponse;
import aemlo.client.v1.MethodInfo;
import aemlo.client.v1.OptionInfo;
import aemlo.client.v1.PresetInfo;
import aemlo.client.v1.ServerLimits;
import aemlo.client.v1.ServerServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.function.UnaryOperator;

/** Answers as a server of the client's own version would, unless a test changes the answer. */
final class ScriptedInfo extends ServerServiceGrpc.ServerServiceImplBase {
  volatile UnaryOperator<GetServerInfoResponse> change = UnaryOperator.identity();

  @Override
  public void getServerInfo(
      GetServerInfoRequest request, StreamObserver<GetServerInfoResponse> answer) {
    GetServerInfoResponse.Builder info =
        GetServerInfoResponse.newBuilder()
            .setServerVersion("9.8.7")
            .setOldestProtocolVersion(1)
            .setNewestProtocolVersion(1)
            .setTorchSharpVersion("0.1")
            .setTenant("default")
            .addDevices(
                Device.newBuilder()
                    .setName("cpu")
                    .setDescription("a CPU")
                    .setReady(true)
                    .setMemoryTotalBytes(1 << 30))
            .setLimits(ServerLimits.newBuilder().setMaxChunkBytes(4 << 20));
    for (Method method : Method.values()) {
      info.addMethods(describe(method));
    }
    answer.onNext(change.apply(info.build()));
    answer.onCompleted();
  }

  private static MethodInfo describe(Method method) {
    MethodInfo.Builder info =
        MethodInfo.newBuilder().setName(method.word()).setTitle(method.title());
    OptionCatalog.all(method).forEach(option -> info.addOptions(describe(option)));
    OptionCatalog.presets(method)
        .forEach(
            name ->
                info.addPresets(
                    PresetInfo.newBuilder()
                        .setName(name)
                        .putAllOptions(OptionCatalog.preset(method, name))));
    return info.build();
  }

  /** The bounds are read from the words that the client itself shows. */
  private static OptionInfo describe(OptionDescription option) {
    OptionInfo.Builder info =
        OptionInfo.newBuilder()
            .setName(option.name())
            .setTypeValue(option.type().ordinal() + 1)
            .addAllChoices(option.choices());
    if (option.type() == OptionType.INTEGER || option.type() == OptionType.NUMBER) {
      String range = option.allowed().substring(option.allowed().indexOf(" in ") + 4);
      String low = range.substring(1, range.indexOf(','));
      String high = range.substring(range.indexOf(',') + 2, range.length() - 1);
      if (!low.equals("-inf")) {
        info.setMinimum(Double.parseDouble(low)).setMinimumExclusive(range.startsWith("("));
      }
      if (!high.equals("inf")) {
        info.setMaximum(Double.parseDouble(high)).setMaximumExclusive(range.endsWith(")"));
      }
    }
    return info.build();
  }
}
