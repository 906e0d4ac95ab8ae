namespace IotGateway.Aws;

/// <summary>The remedy for a failure of one of AWS's services.</summary>
public enum AwsFaultKind
{
    /// <summary>Later: it does not answer, or has a fault of its own.</summary>
    Unavailable,

    /// <summary>Later and less: the service limits how much it takes.</summary>
    Throttled,

    /// <summary>Only a person can mend it: credentials, policy, region, a name that does not exist.</summary>
    Refused,

    /// <summary>This piece of data will never be taken; others will.</summary>
    TooLarge,

    /// <summary>An object lies under the key already.</summary>
    Exists,

    /// <summary>The multipart upload is not there any more.</summary>
    UploadGone,

    /// <summary>Nothing lies under the key.</summary>
    Absent,
}
