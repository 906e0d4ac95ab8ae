using CsCheck;
using IotGateway.Edge.Objects;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Objects;

public class ObjectKeyTests
{
    private const string Letters = "abcxyz0189AZ-._:";

    private static readonly Gen<string> Device = Gen.Char[Letters].Array[0, 63].Select(
        Gen.Char["azAZ09"], (rest, first) => first + new string(rest));

    private static readonly Gen<ObjectLabel> Label = Gen.Select(
        Device, Gen.Char["abz09-"].Array[1, 32], Gen.DateTimeOffset, Gen.Int[0, 2].Select(i => new[] { "jpg", "tar.gz", "bin" }[i]),
        Gen.Bool,
        (device, kind, at, extension, urgent) => new ObjectLabel(
            new string(kind), DeviceId.Parse(device), at, "image/jpeg", extension, urgent));

    private static readonly Gen<string> Hash = Gen.Char["0123456789abcdef"].Array[64].Select(c => new string(c));

    [Fact]
    public void AKeyNeverLeavesItsPrefixAndIsAlwaysValid() => Gen.Select(Label, Hash).Sample((label, hash) =>
    {
        label.Check();
        var key = ObjectKey.Of("objects/a", "hill", label, hash);
        var parts = key.Split('/');
        Assert.Equal(6, parts.Length);
        Assert.Equal(["objects", "a", "gateway=hill", $"kind={label.Kind}"], parts[..4]);
        Assert.DoesNotContain(parts, p => p is "" or "." or "..");
        Assert.InRange(key.Length, 1, 1024);
        Assert.All(key, c => Assert.InRange(c, '!', '~'));
        Assert.DoesNotContain('/', ObjectKey.Id(label, hash));
        Assert.InRange(ObjectKey.Id(label, hash).Length, 1, 200);
    });

    [Fact]
    public void TheSameObjectHasTheSameKeyWhateverTheZone() => Gen.Select(Label, Hash, Gen.Int[-14, 14]).Sample((label, hash, hours) =>
    {
        if (label.TakenAt.UtcDateTime.Year is < 2 or > 9998)
            return;
        var elsewhere = label with { TakenAt = label.TakenAt.ToOffset(TimeSpan.FromHours(hours)) };
        Assert.Equal(ObjectKey.Of("p", "g", label, hash), ObjectKey.Of("p", "g", elsewhere, hash));
        Assert.Equal(ObjectKey.Id(label, hash), ObjectKey.Id(elsewhere, hash));
    });

    [Theory]
    [InlineData("", true)]
    [InlineData("objects", true)]
    [InlineData("a/b=c/d.e", true)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData("a/../b", false)]
    [InlineData(".", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    public void APrefixIsMadeOfPlainSegments(string prefix, bool valid) => Assert.Equal(valid, ObjectKey.IsPrefix(prefix));

    [Theory]
    [InlineData("../x", "jpg", "image/jpeg")]
    [InlineData("", "jpg", "image/jpeg")]
    [InlineData("image", "a/b", "image/jpeg")]
    [InlineData("image", "..", "image/jpeg")]
    [InlineData("image", "jpg", "image/jpeg\r\nX-Other: 1")]
    public void ALabelThatWouldNotMakeAKeyIsRefused(string kind, string extension, string type) =>
        Assert.Throws<FormatException>(new ObjectLabel(kind, DeviceId.Parse("d"), DateTimeOffset.UnixEpoch, type, extension).Check);
}
