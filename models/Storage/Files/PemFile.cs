using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Storage.Files;

/// <summary>PEM files (RFC 7468) as the configuration or a program's own folder names them, read with one kind of refusal.</summary>
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
            var found = Certificates(path);
            foreach (var certificate in found)
                certificate.Dispose();
            return found.Count > 0;
        }
        catch (Exception e) when (e is CryptographicException || e.IsFromDisk())
        {
            return false;
        }
    }

    /// <summary>All certificates of a file, in its order.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="CryptographicException">One cannot be read; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static X509Certificate2Collection Certificates(string path)
    {
        var found = new X509Certificate2Collection();
        var pem = File.ReadAllText(path);
        try
        {
            found.ImportFromPem(pem);
            return found;
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new CryptographicException($"'{path}' cannot be read as PEM certificates ({e.Message})", e);
        }
    }

    /// <summary>A certificate with its private key.</summary>
    /// <param name="certificate">The file whose first certificate it is.</param>
    /// <param name="key">The file of its key; it may be the same.</param>
    /// <exception cref="CryptographicException">
    /// One of them cannot be read, its kind is unknown here, or the key is not the certificate's; the message names both files.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static X509Certificate2 Pair(string certificate, string key)
    {
        var (pem, keyPem) = (File.ReadAllText(certificate), File.ReadAllText(key));
        try
        {
            return X509Certificate2.CreateFromPem(pem, keyPem);
        }
        catch (Exception e) when (IsDamage(e))
        {
            var files = certificate == key ? $"'{certificate}'" : $"'{certificate}' with '{key}'";
            throw new CryptographicException($"{files} cannot be read as a PEM certificate and its key ({e.Message})", e);
        }
    }

    /// <summary>
    /// True for what the platform's readers of certificates and keys throw at bytes that are none, that do not belong together, or whose
    /// curve or algorithm this platform does not have.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsDamage(Exception exception) =>
        exception is CryptographicException or ArgumentException or FormatException or NotSupportedException or OverflowException
            or InvalidOperationException;
}
