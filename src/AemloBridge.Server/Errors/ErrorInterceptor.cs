using System.Diagnostics;
using AemloBridge.Server.Services;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Errors;

/// <summary>Turns every exception of every call into a status with details, notes it in the log, and counts the calls.</summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => WithResult(continuation(request, responseStream, context)));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => WithResult(continuation(requestStream, responseStream, context)));

    private static async Task<bool> WithResult(Task task)
    {
        await task;
        return true;
    }

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        long started = Stopwatch.GetTimestamp();
        StatusCode code = StatusCode.OK;
        try
        {
            T result = await call();
            code = context.Status.StatusCode;
            return result;
        }
        catch (RpcException exception)
        {
            // Made by the gRPC stack, or with its details already.
            code = exception.StatusCode;
            throw;
        }
        catch (Exception exception)
        {
            RequestException known = ExceptionTranslation.Of(exception, context) ?? Incident(exception, context);
            code = known.Code;
            if (code is StatusCode.Cancelled or StatusCode.DeadlineExceeded)
                logger.CallEnded(context.Method, code);
            else if (code is not StatusCode.Internal)
                logger.CallRefused(context.Method, code, known.Reason);
            throw StatusDetails.ToRpcException(known);
        }
        finally
        {
            ServiceMetrics.Called(context.Method, code, Stopwatch.GetElapsedTime(started));
        }
    }

    private RequestException Incident(Exception exception, ServerCallContext context)
    {
        string incident = ExceptionTranslation.NewIncident();
        logger.CallFailed(exception, context.Method, incident);
        return ExceptionTranslation.Unexpected(incident);
    }
}
