using AemloBridge.Server.Errors;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Errors;

public sealed class RequestExceptionTests
{
    [Fact]
    public void Invalid_OfAField_NamesItInTheMessageAndInTheViolation()
    {
        RequestException exception = RequestException.Invalid("method.options[epochs]", "0 is out of range; allowed: [1, inf)");

        Assert.Equal(StatusCode.InvalidArgument, exception.Code);
        Assert.Equal("method.options[epochs]: 0 is out of range; allowed: [1, inf)", exception.Message);
        Assert.Equal(new FieldViolation("method.options[epochs]", "0 is out of range; allowed: [1, inf)"), Assert.Single(exception.Violations));
    }

    [Fact]
    public void Exhausted_WithATimeToRetry_CarriesIt()
    {
        RequestException exception = RequestException.Exhausted(Reasons.QueueFull, "the queue is full", TimeSpan.FromSeconds(3));

        Assert.Equal((StatusCode.ResourceExhausted, TimeSpan.FromSeconds(3)), (exception.Code, exception.RetryAfter));
    }
}
