using System.Security.Cryptography;
using System.Text;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Identity;

/// <summary>
/// The gateway's certificates. <c>gateway.pem</c> is the one in use, <c>next-*.pem</c> are candidates: on disk before the cloud is asked to
/// make one the gateway's own, so that no crash can lose what the cloud then knows the gateway by. The first to connect is renamed into
/// place and the others go. A file holds certificate and key together, so a rename changes both at once.
/// </summary>
internal sealed class IdentityFolder
{
    private const string Own = "gateway.pem";
    private const string Next = "next-";
    private readonly string _folder;
    private readonly string _configuredCertificate;
    private readonly string _configuredKey;
    private readonly bool _mayClaim;
    private readonly Lock _gate = new();
    private int _turn;
    private GatewayIdentity? _current;

    /// <param name="folder">Where the gateway keeps what it got by itself.</param>
    /// <param name="configuredCertificate">A certificate that a person put somewhere; empty when none did.</param>
    /// <param name="configuredKey">Its key.</param>
    /// <param name="mayClaim">Whether a claim can get one.</param>
    /// <exception cref="CryptographicException">A file cannot be read.</exception>
    public IdentityFolder(string folder, string configuredCertificate, string configuredKey, bool mayClaim)
    {
        (_folder, _configuredCertificate, _configuredKey, _mayClaim) = (
            Path.GetFullPath(folder), configuredCertificate, configuredKey, mayClaim);
        DurableFile.CreateFolder(folder);
        _current = Newest();
    }

    /// <summary>The files in a folder of identities that hold a key beside its certificate.</summary>
    public static IReadOnlyList<string> Secrets(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, Own), .. Directory.GetFiles(folder, Next + "*.pem")] : [];

    /// <summary>
    /// The certificate in use: the gateway's own or the configured one, whichever was issued later; null while there is none.
    /// </summary>
    public GatewayIdentity? Current
    {
        get
        {
            lock (_gate)
                return _current;
        }
    }

    /// <summary>
    /// Certificates that have not connected yet, newest first. A damaged one is passed over: the certificate in use still connects.
    /// </summary>
    public IReadOnlyList<GatewayIdentity> Candidates() =>
    [
        .. Directory.EnumerateFiles(_folder, Next + "*.pem").Select(Candidate).OfType<GatewayIdentity>()
            .OrderByDescending(i => i.NotBefore).ThenBy(i => i.CertificateFile, StringComparer.Ordinal),
    ];

    /// <summary>Identity to connect with now: candidates first, then the certificate in use; after a failure the next in turn.</summary>
    /// <returns>Null when it is the claim's turn.</returns>
    public GatewayIdentity? Choose()
    {
        lock (_gate)
        {
            var choices = Candidates().Cast<GatewayIdentity?>().ToList();
            if (_current is not null || _mayClaim || choices.Count == 0)
                choices.Add(_current);
            return choices[_turn % choices.Count];
        }
    }

    /// <summary>Notes that what was chosen did not connect.</summary>
    public void Failed()
    {
        lock (_gate)
            _turn = (_turn + 1) % 1000;
    }

    /// <summary>This one connected: it is the gateway's from now on.</summary>
    public void Keep(GatewayIdentity identity)
    {
        lock (_gate)
        {
            _turn = 0;
            var own = OwnFile;
            if (IsCandidate(identity))
            {
                DurableFile.Move(identity.CertificateFile, own);
                _current = identity with { CertificateFile = own, KeyFile = own };
            }

            foreach (var left in Directory.GetFiles(_folder, Next + "*"))
                File.Delete(left);
        }
    }

    /// <summary>Keeps a candidate; durable once it returns, and the first to be tried.</summary>
    public GatewayIdentity Add(string thing, string certificatePem, ECDsa key)
    {
        lock (_gate)
        {
            _turn = 0;
            var number = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(certificatePem)))[..16];
            var file = Path.Combine(_folder, $"{Next}{number}.pem");
            DurableFile.Write(file, Encoding.ASCII.GetBytes(GatewayIdentity.Write(thing, certificatePem, key)));
            return GatewayIdentity.Read(file, file)!;
        }
    }

    /// <summary>The cloud will not have this candidate.</summary>
    public void Drop(GatewayIdentity candidate)
    {
        lock (_gate)
            File.Delete(candidate.CertificateFile);
    }

    /// <summary>A configured certificate may lie in the folder too; its key is a file of its own, so it stays where it is.</summary>
    private bool IsCandidate(GatewayIdentity identity) =>
        Path.GetDirectoryName(identity.CertificateFile) == _folder
            && Path.GetFileName(identity.CertificateFile).StartsWith(Next, StringComparison.Ordinal);

    private static GatewayIdentity? Candidate(string file)
    {
        try
        {
            return GatewayIdentity.Read(file, file);
        }
        catch (Exception e) when (e is CryptographicException || e.IsFromDisk())
        {
            return null;
        }
    }

    private string OwnFile => Path.Combine(_folder, Own);

    private GatewayIdentity? Newest()
    {
        var own = GatewayIdentity.Read(OwnFile, OwnFile);
        var configured = GatewayIdentity.Read(_configuredCertificate, _configuredKey);
        return own is not null && configured is not null ? (own.NotBefore >= configured.NotBefore ? own : configured) : own ?? configured;
    }
}
