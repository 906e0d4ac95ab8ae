using System.Text;
using CsCheck;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Dialects;

namespace IotGateway.Edge.Tests.Contracts;

/// <summary>One message of a network server, with what must be read from it.</summary>
/// <param name="Topic">The topic it came on.</param>
/// <param name="Json">Its text.</param>
/// <param name="Device">The device's identifier.</param>
/// <param name="Payload">An uplink's payload in hexadecimal; null for an event.</param>
internal sealed record DialectSample(string Topic, string Json, string Device, string? Payload);

/// <summary>Contract that every dialect keeps; a dialect's test class names it and its samples.</summary>
public abstract class DialectContractTests
{
    private protected abstract Dialect Dialect { get; }

    /// <summary>An uplink first, then other messages as the server's documentation shows them.</summary>
    private protected abstract IReadOnlyList<DialectSample> Samples { get; }

    private protected DialectSample Uplink => Samples[0];

    [Fact]
    public void IsListedByItsName()
    {
        Assert.Same(Dialect, KnownDialects.Find(Dialect.Name));
        Assert.Matches("^[a-z0-9-]{1,32}$", Dialect.Name);
    }

    [Fact]
    public void SubscribesToTheTopicsOfItsSamples() => Assert.All(Samples, s => Assert.True(Covers(Dialect.Topic, s.Topic), s.Topic));

    [Fact]
    public void ReadsItsSamples() => Assert.All(Samples, sample =>
    {
        var content = Dialect.ContentOf(sample.Topic, Encoding.UTF8.GetBytes(sample.Json));

        var (device, payload) = content switch
        {
            Edge.Decode.Uplink uplink => (uplink.DevEui.ToString(), Convert.ToHexString(uplink.Payload.Span)),
            DeviceEvent happened => (happened.DevEui.ToString(), null),
            _ => ("", null),
        };
        Assert.Equal((sample.Device, sample.Payload), (device, payload));
    });

    [Fact]
    public void KeepsNothingOfAMessageThatIsWrittenOver()
    {
        var message = Encoding.UTF8.GetBytes(Uplink.Json);
        var uplink = Assert.IsType<Uplink>(Dialect.ContentOf(Uplink.Topic, message));
        Array.Clear(message);

        Assert.Equal(Uplink.Payload, Convert.ToHexString(uplink.Payload.Span));
    }

    [Fact]
    public void RefusesAnotherServersTopic() =>
        Assert.IsType<Unreadable>(Dialect.ContentOf("some/where/else", Encoding.UTF8.GetBytes(Uplink.Json)));

    [Fact]
    public void ThrowsNothingWhateverIsCutOrChanged() => Gen.Select(Gen.Int[0, Uplink.Json.Length - 1], Gen.Char[' ', '~'])
        .Sample((at, c) =>
        {
            foreach (var json in new[] { Uplink.Json[..at], Uplink.Json[..at] + c + Uplink.Json[(at + 1)..] })
                Assert.NotNull(Dialect.ContentOf(Uplink.Topic, Encoding.UTF8.GetBytes(json)));
        });

    /// <summary>True when an MQTT filter covers a topic (MQTT 5, 4.7.1).</summary>
    private static bool Covers(string filter, string topic)
    {
        var (wanted, given) = (filter.Split('/'), topic.Split('/'));
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == "#")
                return true;
            if (i >= given.Length || (wanted[i] != "+" && wanted[i] != given[i]))
                return false;
        }

        return wanted.Length == given.Length;
    }
}
