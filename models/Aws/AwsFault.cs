using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;

namespace IotGateway.Aws;

/// <summary>Judges the failures of AWS's services and of what speaks like them.</summary>
/// <param name="Kind">The remedy.</param>
/// <param name="Reason">The reason, for people: the service's own word and what it means.</param>
public readonly record struct AwsFault(AwsFaultKind Kind, string Reason)
{
    private const string UsualRegionKey = "Aws:Region";
    private const int MostShown = 300;

    /// <summary>Judges an exception of a client or of the way to it.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="regionKey">The configuration's key for the region, for people.</param>
    /// <returns>Null for what is no failure of a service.</returns>
    public static AwsFault? Of(Exception failure, string regionKey = UsualRegionKey) => failure switch
    {
        AmazonServiceException e when e.StatusCode != default => Of(e.StatusCode, e.ErrorCode ?? "", e.Message, regionKey),
        AmazonServiceException e => new(AwsFaultKind.Unavailable, Shown(e.InnerException?.Message ?? e.Message)),
        AmazonClientException e when IsAboutCredentials(e.Message) =>
            new(AwsFaultKind.Refused, $"there are no credentials: {Shown(e.Message)}"),
        AmazonClientException or HttpRequestException or SocketException or TimeoutException or OperationCanceledException =>
            new(AwsFaultKind.Unavailable, Shown(failure.Message)),
        IOException and not AwsException => new(AwsFaultKind.Unavailable, Shown(failure.Message)),
        _ => null,
    };

    /// <summary>Judges an answer.</summary>
    /// <param name="status">HTTP's.</param>
    /// <param name="code">The service's own word, such as <c>AccessDenied</c>; empty where it gave none.</param>
    /// <param name="message">Its explanation.</param>
    /// <param name="regionKey">The configuration's key for the region, for people.</param>
    /// <returns>The judgement.</returns>
    public static AwsFault Of(HttpStatusCode status, string code, string message, string regionKey = UsualRegionKey) => (
        code.Split('#')[^1], (int)status) switch
    {
        ("ProvisionedThroughputExceededException" or "RequestLimitExceeded" or "ThrottlingException" or "Throttling"
            or "ThrottledException" or "RequestThrottled" or "SlowDown"
            or "TooManyRequestsException" or "KmsThrottled" or "OverLimit", _) or (_, 429) =>
            new(AwsFaultKind.Throttled, $"{code}: {Shown(message)}"),
        ("SignatureDoesNotMatch" or "InvalidSignatureException", _) when message.Contains(
            "valid region", StringComparison.OrdinalIgnoreCase) =>
            new(AwsFaultKind.Refused, $"{code}: it is in another region than {regionKey}. {Shown(message)}"),
        ("InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken" or "ExpiredTokenException"
            or "UnrecognizedClientException" or "InvalidSignatureException"
            or "InvalidClientTokenId" or "MissingAuthenticationToken" or "MissingAuthenticationTokenException"
            or "IncompleteSignature", _) =>
            new(AwsFaultKind.Refused, $"{code}: the credentials are refused. {Shown(message)}"),
        ("PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException", _) or (_, 301 or 307) =>
            new(AwsFaultKind.Refused, $"{code}: it is in another region than {regionKey}. {Shown(message)}"),
        (_, 412) => new(AwsFaultKind.Exists, "already there"),
        ("NoSuchUpload", _) => new(AwsFaultKind.UploadGone, Shown(message)),
        ("NoSuchBucket", _) => new(AwsFaultKind.Refused, $"{code}: the bucket does not exist. {Shown(message)}"),
        ("ResourceNotFoundException", _) =>
            new(AwsFaultKind.Refused, $"{code}: the table or topic does not exist in this region. {Shown(message)}"),
        ("QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue", _) =>
            new(AwsFaultKind.Refused, $"{code}: the queue does not exist in this region. {Shown(message)}"),
        ("RequestTimeTooSkewed" or "RequestExpired", _) =>
            new(AwsFaultKind.Refused, $"{code}: this machine's clock is wrong. {Shown(message)}"),
        ("EntityTooLarge" or "KeyTooLongError" or "MetadataTooLarge" or "ItemCollectionSizeLimitExceededException", _) =>
            new(AwsFaultKind.TooLarge, $"{code}: {Shown(message)}"),
        ("ValidationException", _) when message.Contains("size", StringComparison.OrdinalIgnoreCase)
            && message.Contains("exceeded", StringComparison.OrdinalIgnoreCase) =>
            new(AwsFaultKind.TooLarge, $"{code}: {Shown(message)}"),
        ("RequestTimeout" or "BadDigest" or "IncompleteBody" or "InvalidPart" or "OperationAborted" or "ConditionalRequestConflict"
            or "XAmzContentSHA256Mismatch" or "InternalServerError"
            or "InternalFailure" or "ServiceUnavailable" or "TransactionInProgressException", _) =>
            new(AwsFaultKind.Unavailable, $"{code}: {Shown(message)}"),

        // A service says more than that: this comes from what lies between, or by a connection whose last request was answered before it
        // was read.
        ("" or nameof(HttpStatusCode.BadRequest), 400) => new(AwsFaultKind.Unavailable, $"{(int)status}: {Shown(message)}"),
        (_, 401 or 403) =>
            new(
                AwsFaultKind.Refused,
                $"{(code.Length > 0 ? code : "AccessDenied")}: the policy does not allow it, or the bucket belongs to another account. "
                    + $"{Shown(message)}"),
        (_, 404) => new(AwsFaultKind.Absent, $"{(code.Length > 0 ? code : "NotFound")}: {Shown(message)}"),
        (_, 408 or 409) => new(AwsFaultKind.Unavailable, $"{code} {(int)status}: {Shown(message)}"),
        (_, >= 300 and < 500) => new(AwsFaultKind.Refused, $"{code} {(int)status}: {Shown(message)}"),
        (_, 501) =>
            new(
                AwsFaultKind.Refused,
                $"{code}: the store does not know conditional puts or another part of what was asked. {Shown(message)}"),
        _ => new(AwsFaultKind.Unavailable, $"{code} {(int)status}: {Shown(message)}"),
    };

    /// <summary>The first line, shortened: some services answer with all they were sent.</summary>
    private static string Shown(string message)
    {
        var line = message.Split('\n')[0];
        return line.Length > MostShown ? string.Concat(line.AsSpan(0, MostShown), "…") : line;
    }

    private static bool IsAboutCredentials(string message) =>
        message.Contains("credential", StringComparison.OrdinalIgnoreCase) || message.Contains("IAM", StringComparison.Ordinal)
            || message.Contains("EC2 Instance Metadata", StringComparison.OrdinalIgnoreCase);
}
