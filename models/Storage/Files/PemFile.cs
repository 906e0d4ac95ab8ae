using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Storage.Files;

/// <summary>PEM files as the configuration names them.</summary>
public static class PemFile
{
    /// <summary>Does a file exist and hold at least one certificate?</summary>
    /// <param name="path">Its path.</param>
    /// <returns>False also where it cannot be read.</returns>
    public static bool HasCertificate(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(path);
            foreach (var certificate in found)
                certificate.Dispose();
            return found.Count > 0;
        }
        catch (Exception e) when (e is CryptographicException || e.IsFromDisk())
        {
            return false;
        }
    }
}
