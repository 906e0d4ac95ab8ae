using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Enrolment;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Enrolment;

public sealed class AuthorityTests
{
    [Theory]
    [InlineData("ca.pem")]
    [InlineData("ca.key")]
    [InlineData("ca.pem", "ca.key")]
    [InlineData("ca.pem", "ca.key", "gateways")]
    [InlineData("gateways")]
    [InlineData("revoked")]
    public void APartOfABackupIsRefusedAndNothingIsWritten(params string[] missing)
    {
        using var folder = new TempFolder();
        var pki = folder.File("pki");
        var authority = CertificateAuthority.Open(pki, TimeProvider.System);
        new EnrolledGateways(pki).Enrol(authority, "hill", folder.File("hill"), TimeSpan.FromDays(10));
        new EnrolledGateways(pki).Enrol(authority, "valley", folder.File("valley"), TimeSpan.FromDays(10));
        new EnrolledGateways(pki).Revoke("valley");
        foreach (var name in missing)
        {
            if (Directory.Exists(Path.Combine(pki, name)))
                Directory.Delete(Path.Combine(pki, name), recursive: true);
            else
                File.Delete(Path.Combine(pki, name));
        }

        var before = Content(pki);
        var error = Assert.Throws<FormatException>(() => CertificateAuthority.Open(pki, TimeProvider.System));

        Assert.Contains(Path.Combine(pki, missing[0]), error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Content(pki));
    }

    [Fact]
    public void AKeyAloneIsRefusedEvenWhereNothingWasEnrolled()
    {
        using var folder = new TempFolder();
        CertificateAuthority.Open(folder.Path, TimeProvider.System);
        var key = File.ReadAllText(folder.File("ca.key"));
        File.Delete(folder.File("ca.pem"));

        Assert.Throws<FormatException>(() => CertificateAuthority.Open(folder.Path, TimeProvider.System));
        Assert.Equal(key, File.ReadAllText(folder.File("ca.key")));
    }

    [Fact]
    public void WhatACrashLeftHalfMadeIsFinished()
    {
        using var folder = new TempFolder();
        var made = CertificateAuthority.Open(folder.Path, TimeProvider.System).Certificate.Thumbprint;
        File.Move(folder.File("ca.pem"), folder.File(".ca.pem.new"));

        Assert.Equal(made, CertificateAuthority.Open(folder.Path, TimeProvider.System).Certificate.Thumbprint);

        // Before its key was written there is nothing to finish: begun anew.
        File.Move(folder.File("ca.pem"), folder.File(".ca.pem.new"));
        File.Delete(folder.File("ca.key"));
        Assert.NotEqual(made, CertificateAuthority.Open(folder.Path, TimeProvider.System).Certificate.Thumbprint);
    }

    [Fact]
    public void APairOfTwoAuthoritiesIsNamed()
    {
        using var folder = new TempFolder();
        using var other = new TempFolder();
        CertificateAuthority.Open(folder.Path, TimeProvider.System);
        CertificateAuthority.Open(other.Path, TimeProvider.System);
        File.Copy(other.File("ca.key"), folder.File("ca.key"), overwrite: true);

        var error = Assert.Throws<FormatException>(() => CertificateAuthority.Open(folder.Path, TimeProvider.System));
        Assert.Contains(folder.File("ca.pem"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAuthorityWithAFlippedBitIsRefusedByName()
    {
        using var folder = new TempFolder();
        var whole = CertificateAuthority.Open(folder.Path, TimeProvider.System).Certificate.RawData;
        for (var i = 0; i < whole.Length; i++)
        {
            var flipped = whole.ToArray();
            flipped[i] ^= (byte)(1 << (i % 8));
            File.WriteAllText(folder.File("ca.pem"), PemEncoding.WriteString("CERTIFICATE", flipped));
            var error = Assert.Throws<FormatException>(() => CertificateAuthority.Open(folder.Path, TimeProvider.System));
            Assert.Contains(folder.File("ca.pem"), error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnAuthorityThatHasEndedSaysSo()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authority = CertificateAuthority.Open(folder.Path, time);
        time.AdjustTime(time.Start.AddYears(21));
        var error = Assert.Throws<FormatException>(() => authority.IssueClient("hill", TimeSpan.FromDays(1)));
        Assert.Contains("when the authority ends", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheFolderOfKeysIsMissedBesideWhatGatewaysSent()
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            await using var gateway = await TestGateway.ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
            await gateway.SendAsync(TestGateway.Encode("hill", 1, TestGateway.Reading(0, 34.5)));
            Assert.NotEmpty(await cloud.RawBatchesAsync());
        }

        var pki = new DataFolder(folder.Path).Pki;
        Directory.Delete(pki, recursive: true);

        var error = await Assert.ThrowsAnyAsync<FormatException>(() => TestCloud.StartAsync(folder.Path));
        Assert.Contains($"The folder of keys '{pki}' is missing", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(pki));
    }

    [Theory]
    [InlineData("ca.key", "0644", "mode 0600, not 0644")]
    [InlineData("server.key", "0640", "mode 0600, not 0640")]
    [InlineData("", "0777", "mode 0777")]
    public async Task KeysThatOthersMayReadOrExchangeAreRefused(string name, string mode, string fault)
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
            cloud.Enrol("hill");
        var open = Path.Combine(new DataFolder(folder.Path).Pki, name);
        File.SetUnixFileMode(open, (UnixFileMode)Convert.ToInt32(mode, 8));

        var error = await Assert.ThrowsAnyAsync<FormatException>(() => TestCloud.StartAsync(folder.Path));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAuthorityMadeWhileTheClockIsWrongServesWhenItIsRight()
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var then in new[] { now.AddYears(5), DateTimeOffset.UnixEpoch })
        {
            using var folder = new TempFolder();
            CertificateAuthority.Open(folder.Path, new FakeTimeProvider(then));
            var authority = CertificateAuthority.Open(folder.Path, new FakeTimeProvider(now));

            Assert.False(authority.IsToCome);
            Assert.True(authority.Certificate.NotAfter > now.AddYears(10).LocalDateTime);
        }
    }

    [Fact]
    public void NothingIsIssuedByAClockThatCannotBeRight()
    {
        using var folder = new TempFolder();
        var authority = CertificateAuthority.Open(folder.Path, new FakeTimeProvider(DateTimeOffset.UnixEpoch));

        var error = Assert.Throws<FormatException>(() => new EnrolledGateways(folder.Path)
            .Enrol(authority, "hill", folder.File("hill"), TimeSpan.FromDays(10)));
        Assert.StartsWith("The clock reads 1970-01-01", error.Message, StringComparison.Ordinal);
        Assert.Empty(new EnrolledGateways(folder.Path).Gateways());
    }

    [Fact]
    public void ARenewedCertificateHoldsWhicheverClockWasRight()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authority = CertificateAuthority.Open(folder.Path, time);
        var year = TimeSpan.FromDays(365);
        using var key = System.Security.Cryptography.ECDsa.Create();
        foreach (var (earlier, now) in new[] { (0, 2), (2, 0) })
        {
            time.AdjustTime(time.Start.AddYears(earlier));
            using var old = authority.IssueClient("hill", year);
            time.AdjustTime(time.Start.AddYears(now));
            using var renewed = authority.Sign("hill", new PublicKey(key), year, old);

            Assert.True(renewed.NotBefore <= time.GetUtcNow().LocalDateTime);
            Assert.True(renewed.NotAfter > time.Start.AddYears(2).AddDays(300).LocalDateTime);
        }
    }

    private static string[] Content(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => f + File.ReadAllText(f)),
    ];
}
