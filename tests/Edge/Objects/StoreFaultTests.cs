using System.Net;
using Amazon.Runtime;
using IotGateway.Edge.Objects;

namespace IotGateway.Edge.Tests.Objects;

public class StoreFaultTests
{
    [Theory]
    [InlineData(403, "AccessDenied", FaultKind.Blocked, "policy")]
    [InlineData(403, "", FaultKind.Blocked, "policy")]
    [InlineData(403, "SignatureDoesNotMatch", FaultKind.Blocked, "credentials")]
    [InlineData(400, "ExpiredToken", FaultKind.Blocked, "credentials")]
    [InlineData(403, "RequestTimeTooSkewed", FaultKind.Blocked, "clock")]
    [InlineData(404, "NoSuchBucket", FaultKind.Blocked, "bucket")]
    [InlineData(301, "PermanentRedirect", FaultKind.Blocked, "region")]
    [InlineData(400, "AuthorizationHeaderMalformed", FaultKind.Blocked, "region")]
    [InlineData(501, "NotImplemented", FaultKind.Blocked, "conditional")]
    [InlineData(400, "InvalidArgument", FaultKind.Blocked, "InvalidArgument")]
    [InlineData(400, "EntityTooLarge", FaultKind.Rejected, "EntityTooLarge")]
    [InlineData(404, "NoSuchUpload", FaultKind.UploadGone, "")]
    [InlineData(404, "NoSuchKey", FaultKind.Absent, "")]
    [InlineData(404, "", FaultKind.Absent, "")]
    [InlineData(412, "PreconditionFailed", FaultKind.Exists, "")]
    [InlineData(409, "ConditionalRequestConflict", FaultKind.Retry, "")]
    [InlineData(400, "RequestTimeout", FaultKind.Retry, "")]
    [InlineData(400, "BadDigest", FaultKind.Retry, "")]
    [InlineData(503, "SlowDown", FaultKind.Retry, "")]
    [InlineData(429, "", FaultKind.Retry, "")]
    [InlineData(500, "InternalError", FaultKind.Retry, "")]
    internal void EachAnswerAsksForItsOwn(int status, string code, FaultKind kind, string reason)
    {
        var fault = StoreFault.Of((HttpStatusCode)status, code, "said the store");

        Assert.Equal(kind, fault.Kind);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void NoCredentialsAreAPersonsTask() =>
        Assert.Equal(FaultKind.Blocked, StoreFault.Of(new AmazonClientException("Failed to resolve AWS credentials.")).Kind);

    [Fact]
    public void ANetworkFailureIsTriedAgain() => Assert.Equal(FaultKind.Retry, StoreFault.Of(new HttpRequestException("refused")).Kind);

    [Fact]
    public void TheSlowRetryWaitsFiveToTenMinutes()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), ObjectForwarder.Slow(0));
        Assert.InRange(ObjectForwarder.Slow(0.999), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }
}
