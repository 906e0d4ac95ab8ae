using System.Security.Cryptography.X509Certificates;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Enrolment;

/// <summary>Decides whether a certificate may connect, and as whom.</summary>
internal sealed class ClientCheck(CertificateAuthority authority, EnrolledGateways enrolled, Claims claims, TimeProvider time)
{
    private const string Revoked = "revoked_certificate";
    private const string NotEnrolled = "not_the_enrolled_certificate";

    /// <summary>Verdict on a certificate that a client shows.</summary>
    /// <returns>Why it is refused; null when it may connect.</returns>
    /// <remarks>A beginning that is still to come is no reason: our clock made the registered certificate, and was wrong.</remarks>
    public CertificateRefusal? Refuse(X509Certificate2? certificate)
    {
        if (certificate is null)
            return new("no_certificate", null);
        if (!authority.Signed(certificate))
            return new("foreign_certificate", certificate.Subject);
        if (time.GetUtcNow() > new DateTimeOffset(certificate.NotAfter))
            return new("expired_certificate", certificate.Subject);
        if (!IsForClients(certificate))
            return new("not_a_client_certificate", certificate.Subject);

        var name = Name(certificate);
        return Claims.Template(name) is null && !GatewayId.IsValid(name)
            ? new("not_a_gateway_name", certificate.Subject)
            : ByRegister(certificate, c => enrolled.IsCurrent(name, c) || enrolled.IsPending(name, c));
    }

    /// <summary>Verdict on a certificate that was let in: is it the gateway's own still, or a claim that stands?</summary>
    /// <returns>Why not; null when it is.</returns>
    public CertificateRefusal? Withdrawn(X509Certificate2 certificate) =>
        ByRegister(certificate, c => enrolled.IsCurrent(Name(c), c)) is { } refusal
            ? refusal.Reason == NotEnrolled ? refusal with { Reason = Revoked } : refusal
            : null;

    /// <summary>
    /// A gateway that connects with a renewed certificate has it: from now on it is the gateway's own, and the old one is not.
    /// </summary>
    public void Connects(X509Certificate2 certificate) => enrolled.Promote(Name(certificate), certificate);

    /// <summary>The common name: a gateway's, or a claim's.</summary>
    public static string Name(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>One gateway's file that is damaged, or may not be read, is a verdict on that gateway alone.</summary>
    private CertificateRefusal? ByRegister(X509Certificate2 certificate, Func<X509Certificate2, bool> isGateways)
    {
        var name = Name(certificate);
        var claim = Claims.Template(name) is not null;
        try
        {
            if (claim ? claims.IsRevoked(certificate) : enrolled.IsRevoked(name, certificate))
                return new(Revoked, certificate.Subject);
            return (claim ? claims.Stands(certificate) : isGateways(certificate)) ? null : new(NotEnrolled, certificate.Subject);
        }
        catch (FormatException e)
        {
            return new("registered_certificate_damaged", e.Message);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            return new("registered_certificate_unreadable", e.Message);
        }
    }

    private static bool IsForClients(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(e => e.EnhancedKeyUsages
                .Cast<System.Security.Cryptography.Oid>()
                .Any(o => o.Value == CertificateAuthority.ClientAuthentication.Value));
}
