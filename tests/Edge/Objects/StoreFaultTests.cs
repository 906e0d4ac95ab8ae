using System.Net;
using Amazon.Runtime;
using IotGateway.Aws;
using IotGateway.Edge.Objects.Sending;

namespace IotGateway.Edge.Tests.Objects;

public class StoreFaultTests
{
    [Theory]
    [InlineData(403, "AccessDenied", AwsFaultKind.Refused, "policy")]
    [InlineData(403, "", AwsFaultKind.Refused, "policy")]
    [InlineData(403, "SignatureDoesNotMatch", AwsFaultKind.Refused, "credentials")]
    [InlineData(400, "ExpiredToken", AwsFaultKind.Refused, "credentials")]
    [InlineData(403, "RequestTimeTooSkewed", AwsFaultKind.Refused, "clock")]
    [InlineData(404, "NoSuchBucket", AwsFaultKind.Refused, "bucket")]
    [InlineData(301, "PermanentRedirect", AwsFaultKind.Refused, "region")]
    [InlineData(400, "AuthorizationHeaderMalformed", AwsFaultKind.Refused, "region")]
    [InlineData(501, "NotImplemented", AwsFaultKind.Refused, "conditional")]
    [InlineData(400, "InvalidArgument", AwsFaultKind.Refused, "InvalidArgument")]
    [InlineData(400, "EntityTooLarge", AwsFaultKind.TooLarge, "EntityTooLarge")]
    [InlineData(404, "NoSuchUpload", AwsFaultKind.UploadGone, "")]
    [InlineData(404, "NoSuchKey", AwsFaultKind.Absent, "")]
    [InlineData(404, "", AwsFaultKind.Absent, "")]
    [InlineData(412, "PreconditionFailed", AwsFaultKind.Exists, "")]
    [InlineData(409, "ConditionalRequestConflict", AwsFaultKind.Unavailable, "")]
    [InlineData(400, "RequestTimeout", AwsFaultKind.Unavailable, "")]
    [InlineData(400, "BadDigest", AwsFaultKind.Unavailable, "")]
    [InlineData(503, "SlowDown", AwsFaultKind.Throttled, "")]
    [InlineData(429, "", AwsFaultKind.Throttled, "")]
    [InlineData(500, "InternalError", AwsFaultKind.Unavailable, "")]
    internal void EachAnswerAsksForItsOwn(int status, string code, AwsFaultKind kind, string reason)
    {
        var fault = AwsFault.Of((HttpStatusCode)status, code, "said the store", "Objects:Region");

        Assert.Equal(kind, fault.Kind);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void NoCredentialsAreAPersonsTask() =>
        Assert.Equal(AwsFaultKind.Refused, AwsFault.Of(new AmazonClientException("Failed to resolve AWS credentials."))?.Kind);

    [Fact]
    public void ANetworkFailureIsTriedAgain() =>
        Assert.Equal(AwsFaultKind.Unavailable, AwsFault.Of(new HttpRequestException("refused"))?.Kind);

    [Fact]
    public void TheSlowRetryWaitsFiveToTenMinutes()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), ObjectForwarder.Slow(0));
        Assert.InRange(ObjectForwarder.Slow(0.999), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }
}
