using System.Net;
using Amazon.Runtime;
using IotGateway.Aws;

namespace IotGateway.Cloud.Tests.Aws;

/// <summary>Remedies that each of the services' words asks for.</summary>
public sealed class AwsFaultTests
{
    [Theory]
    [InlineData(
        403, "SignatureDoesNotMatch", "Credential should be scoped to a valid region.", AwsFaultKind.Refused,
        "another region than Aws:Region")]
    [InlineData(
        400, "com.amazon.coral.service#InvalidSignatureException", "Credential should be scoped to a valid region, not 'us-east-1'.",
        AwsFaultKind.Refused, "another region than Aws:Region")]
    [InlineData(301, "PermanentRedirect", "", AwsFaultKind.Refused, "another region than Aws:Region")]
    [InlineData(
        400, "BadRequest", "Error making request with Error Code BadRequest and Http Status Code BadRequest.", AwsFaultKind.Unavailable,
        "400: Error making request")]
    [InlineData(
        403, "SignatureDoesNotMatch", "The request signature we calculated does not match", AwsFaultKind.Refused,
        "the credentials are refused")]
    [InlineData(
        400, "UnrecognizedClientException", "The security token included in the request is invalid.", AwsFaultKind.Refused,
        "the credentials are refused")]
    [InlineData(400, "ExpiredTokenException", "", AwsFaultKind.Refused, "the credentials are refused")]
    [InlineData(403, "AccessDenied", "", AwsFaultKind.Refused, "the bucket belongs to another account")]
    [InlineData(403, "", "", AwsFaultKind.Refused, "the policy does not allow it")]
    [InlineData(400, "AWS.SimpleQueueService.NonExistentQueue", "", AwsFaultKind.Refused, "the queue does not exist in this region")]
    [InlineData(403, "RequestTimeTooSkewed", "", AwsFaultKind.Refused, "this machine's clock is wrong")]
    [InlineData(400, "ProvisionedThroughputExceededException", "", AwsFaultKind.Throttled, "")]
    [InlineData(403, "RequestThrottled", "", AwsFaultKind.Throttled, "")]
    [InlineData(400, "OverLimit", "", AwsFaultKind.Throttled, "")]
    [InlineData(503, "SlowDown", "", AwsFaultKind.Throttled, "")]
    [InlineData(429, "", "", AwsFaultKind.Throttled, "")]
    [InlineData(500, "InternalError", "", AwsFaultKind.Unavailable, "")]
    [InlineData(503, "ServiceUnavailable", "", AwsFaultKind.Unavailable, "")]
    [InlineData(502, "", "<html>bad gateway</html>", AwsFaultKind.Unavailable, "")]
    [InlineData(400, "ValidationException", "Item size has exceeded the maximum allowed size", AwsFaultKind.TooLarge, "")]
    internal void AWordOfAServiceSaysWhatToDo(int status, string code, string message, AwsFaultKind kind, string reason)
    {
        var fault = AwsFault.Of((HttpStatusCode)status, code, message);
        Assert.Equal(kind, fault.Kind);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutCredentialsThatIsSaid()
    {
        var fault =
            AwsFault.Of(new AmazonClientException(
                "Failed to resolve AWS credentials. "
                + "The credential providers used to search for credentials returned the following errors"))!.Value;
        Assert.Equal(AwsFaultKind.Refused, fault.Kind);
        Assert.StartsWith("there are no credentials: ", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoFailureOfAServiceIsNotTakenForOne() => Assert.Null(AwsFault.Of(new InvalidOperationException("a mistake of ours")));
}
