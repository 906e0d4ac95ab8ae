using System.Security.Cryptography.X509Certificates;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Enrolment;

/// <summary>Decides whether a certificate may connect, and as whom.</summary>
internal sealed class ClientCheck(CertificateAuthority authority, EnrolledGateways enrolled, Claims claims, TimeProvider time)
{
    /// <summary>The reason to refuse it by, from a small fixed set; null when it may connect.</summary>
    public string? Refusal(X509Certificate2? certificate)
    {
        if (certificate is null)
            return "no_certificate";
        if (!IsOurs(certificate))
            return "foreign_certificate";

        var now = time.GetUtcNow();
        if (now > new DateTimeOffset(certificate.NotAfter))
            return "expired_certificate";
        if (now < new DateTimeOffset(certificate.NotBefore))
            return "certificate_not_yet_valid";
        if (!IsForClients(certificate))
            return "not_a_client_certificate";

        var gateway = Name(certificate);
        if (Claims.Template(gateway) is not null)
            return claims.IsRevoked(certificate)
                ? "revoked_certificate"
                : claims.Stands(certificate)
                ? null
                : "not_the_enrolled_certificate";
        if (!GatewayId.IsValid(gateway))
            return "not_a_gateway_name";
        if (enrolled.IsRevoked(gateway, certificate))
            return "revoked_certificate";
        return enrolled.IsCurrent(gateway, certificate) || enrolled.IsPending(gateway, certificate) ? null : "not_the_enrolled_certificate";
    }

    /// <summary>True while a certificate that was let in is the gateway's own, or a claim that stands.</summary>
    public bool StillStands(X509Certificate2 certificate) =>
        Claims.Template(Name(certificate)) is null ? enrolled.IsCurrent(Name(certificate), certificate) : claims.Stands(certificate);

    /// <summary>
    /// A gateway that connects with a renewed certificate has it: from now on it is the gateway's own, and the old one is not.
    /// </summary>
    public void Connects(X509Certificate2 certificate) => enrolled.Promote(Name(certificate), certificate);

    /// <summary>The common name: a gateway's, or a claim's.</summary>
    public static string Name(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    private bool IsOurs(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;

        // The period is judged apart, by our clock, so that each refusal has its own name.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate) && chain.ChainElements.Count == 2;
    }

    private static bool IsForClients(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(e => e.EnhancedKeyUsages
                .Cast<System.Security.Cryptography.Oid>()
                .Any(o => o.Value == CertificateAuthority.ClientAuthentication.Value));
}
