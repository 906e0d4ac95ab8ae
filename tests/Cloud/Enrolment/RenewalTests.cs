using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Enrolment;

namespace IotGateway.Cloud.Tests.Enrolment;

public sealed class RenewalTests
{
    [Fact]
    public async Task ADamagedRenewalDoesNotLockOutWhoHasHisOwnCertificate()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        await File.WriteAllTextAsync(Pending(cloud.Data.Pki), "damaged", TestContext.Current.CancellationToken);

        await using var gateway = await TestGateway.ConnectAsync(cloud, certificate, "hill");
        await gateway.SendAsync(TestGateway.Encode("hill", 1, TestGateway.Reading(0, 34.5)));

        Assert.Equal(1, cloud.Store.Count);
        Assert.Empty(cloud.Get<EnrolledGateways>().Damaged());
        Assert.Contains(Pending(cloud.Data.Pki), Assert.Single(cloud.Get<EnrolledGateways>().DamagedPending()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARenewalThatARevocationOvertookIsNone()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var enrolled = cloud.Get<EnrolledGateways>();
        using var old = cloud.Enrol("hill");
        using var renewed = cloud.Authority.IssueClient("hill", TimeSpan.FromDays(1));
        Assert.True(enrolled.Renew("hill", renewed, old));
        Assert.True(enrolled.IsPending("hill", renewed));
        enrolled.Revoke("hill");

        Assert.False(enrolled.Renew("hill", renewed, old));
        Assert.False(File.Exists(Pending(cloud.Data.Pki)));

        // Neither is one that was left from before.
        await File.WriteAllTextAsync(
            Pending(cloud.Data.Pki), renewed.ExportCertificatePem(), TestContext.Current.CancellationToken);
        using var another = cloud.Enrol("hill");
        Assert.False(enrolled.IsPending("hill", renewed));
        Assert.True(enrolled.IsCurrent("hill", another));
    }

    private static string Pending(string pki) => Path.Combine(pki, "pending", "hill.pem");
}
