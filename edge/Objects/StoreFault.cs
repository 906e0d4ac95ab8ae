using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace IotGateway.Edge.Objects;

/// <summary>What a failure of the store asks for.</summary>
internal enum FaultKind
{
    /// <summary>Later, with back-off.</summary>
    Retry,

    /// <summary>Nothing will get better by itself: told on the status page, tried again slowly.</summary>
    Blocked,

    /// <summary>The store will never take this object.</summary>
    Rejected,

    /// <summary>An object lies under the key already.</summary>
    Exists,

    /// <summary>The multipart upload is not there any more.</summary>
    UploadGone,

    /// <summary>No object lies under the key.</summary>
    Absent,
}

/// <summary>Judges the failures of S3 and of what speaks like it.</summary>
internal readonly record struct StoreFault(FaultKind Kind, string Reason)
{
    public static StoreFault Of(Exception failure) => failure switch
    {
        AmazonS3Exception e => Of(e.StatusCode, e.ErrorCode ?? "", e.Message),
        AmazonServiceException e when e.StatusCode != default => Of(e.StatusCode, e.ErrorCode ?? "", e.Message),
        AmazonServiceException e => new(FaultKind.Retry, e.Message),
        AmazonClientException e when IsAboutCredentials(e.Message) => new(FaultKind.Blocked, $"no credentials: {e.Message}"),
        _ => new(FaultKind.Retry, failure.Message),
    };

    /// <param name="code">The store's own word, such as <c>AccessDenied</c>; empty where it gave none (a HEAD has no body).</param>
    public static StoreFault Of(HttpStatusCode status, string code, string message) => (code, (int)status) switch
    {
        (_, 412) => new(FaultKind.Exists, "already there"),
        ("NoSuchUpload", _) => new(FaultKind.UploadGone, message),
        ("NoSuchBucket", _) => new(FaultKind.Blocked, $"NoSuchBucket: the bucket does not exist. {message}"),
        ("NoSuchKey" or "NotFound", 404) => new(FaultKind.Absent, message),
        ("EntityTooLarge" or "KeyTooLongError" or "MetadataTooLarge", _) => new(FaultKind.Rejected, $"{code}: {message}"),
        ("RequestTimeTooSkewed" or "RequestExpired", _) => new(FaultKind.Blocked, $"{code}: the gateway's clock is wrong. {message}"),
        ("InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken", _) => new(FaultKind.Blocked, $"{code}: the credentials are refused. {message}"),
        ("PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException", _) or (_, 301) =>
            new(FaultKind.Blocked, $"{code}: the bucket is in another region than Objects:Region. {message}"),
        ("RequestTimeout" or "BadDigest" or "IncompleteBody" or "SlowDown" or "OperationAborted" or "ConditionalRequestConflict" or "InvalidPart" or "XAmzContentSHA256Mismatch", _) =>
            new(FaultKind.Retry, $"{code}: {message}"),
        ("AccessDenied", _) or (_, 401 or 403) => new(FaultKind.Blocked, $"AccessDenied: the policy does not allow it. {message}"),
        (_, 404) => new(FaultKind.Absent, message),
        (_, 408 or 409 or 429) => new(FaultKind.Retry, $"{code} {(int)status}: {message}"),
        (_, >= 300 and < 500) => new(FaultKind.Blocked, $"{code} {(int)status}: {message}"),
        (_, 501) => new(FaultKind.Blocked, $"{code}: the store does not know conditional puts or another part of what was asked. {message}"),
        _ => new(FaultKind.Retry, $"{code} {(int)status}: {message}"),
    };

    private static bool IsAboutCredentials(string message) =>
        message.Contains("credential", StringComparison.OrdinalIgnoreCase) || message.Contains("IAM", StringComparison.Ordinal)
        || message.Contains("EC2 Instance Metadata", StringComparison.OrdinalIgnoreCase);
}
