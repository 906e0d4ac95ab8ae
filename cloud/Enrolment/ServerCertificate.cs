using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Storage.Documents;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Enrolment;

/// <summary>
/// The broker's own certificate: kept in the folder, issued anew when its names change, its end is near or its beginning still to come (the
/// clock was ahead when it was made). What is damaged, or half, is set aside: whoever trusts the authority trusts a new one as well.
/// </summary>
internal sealed class ServerCertificate(
    string folder, CertificateAuthority authority, IReadOnlyList<string> names, TimeProvider time, ILogger<ServerCertificate> log)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(397);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private static readonly IdnMapping Idn = new();

    private readonly Lock _gate = new();
    private readonly HashSet<string> _names = new(
        [.. ((IEnumerable<string>)["127.0.0.1", "::1", "localhost", Environment.MachineName, .. names]).Select(AsIssued)],
        StringComparer.OrdinalIgnoreCase);
    private X509Certificate2? _certificate;
    private SslStreamCertificateContext? _context;

    /// <summary>The certificate to show to the next client.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (_gate)
        {
            if (_context is null || !IsGood(_certificate!))
            {
                _certificate = Load() is { } kept && IsGood(kept) ? kept : Issue();
                _context = SslStreamCertificateContext.Create(_certificate, [authority.Certificate], offline: true);
            }

            return _context;
        }
    }

    private string CertificateFile => Path.Combine(folder, "server.pem");

    private string KeyFile => Path.Combine(folder, "server.key");

    private X509Certificate2? Load()
    {
        if (!File.Exists(CertificateFile) && !File.Exists(KeyFile))
            return null;
        string fault;
        try
        {
            var kept = PemFile.Pair(CertificateFile, KeyFile);
            if (authority.Signed(kept))
                return kept;
            kept.Dispose();
            fault = "another authority signed it";
        }
        catch (Exception e) when (e is CryptographicException || e.IsFromDisk())
        {
            fault = e.Message;
        }

        foreach (var file in (string[])[CertificateFile, KeyFile])
        {
            if (DamagedFile.SetAside(file, time) is { } aside)
                log.ServerCertificateSetAside(file, fault, aside);
        }

        return null;
    }

    private X509Certificate2 Issue()
    {
        var issued = authority.IssueServer(_names, Life);

        // The old certificate goes first: a crash between the two files must not leave a pair that does not match.
        File.Delete(CertificateFile);
        DurableFile.Write(KeyFile, Pem.Key(issued));
        DurableFile.Write(CertificateFile, Pem.Certificate(issued));
        log.ServerCertificateIssued(issued.NotBefore.ToUniversalTime(), issued.NotAfter.ToUniversalTime());
        return issued;
    }

    /// <summary>
    /// A name as a certificate gives it back, so that the two compare: an address in its shortest form, a domain in ASCII (RFC 5891).
    /// </summary>
    private static string AsIssued(string name) => IPAddress.TryParse(name, out var address) ? address.ToString() : Idn.GetAscii(name);

    private bool IsGood(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var now = time.GetUtcNow();
        return alternatives is not null
            && new DateTimeOffset(certificate.NotBefore) <= now
            && new DateTimeOffset(certificate.NotAfter) - now > RenewBefore
            && _names.SetEquals([.. alternatives.EnumerateDnsNames(), .. alternatives.EnumerateIPAddresses().Select(a => a.ToString())]);
    }
}
