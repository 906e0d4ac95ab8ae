using CsCheck;
using IotGateway.Edge.Decode;
using IotGateway.Edge.Decode.Codecs;
using IotGateway.Telemetry;

namespace IotGateway.Edge.Tests.Contracts;

/// <summary>One payload with what must be read from it.</summary>
/// <param name="FPort">The port it came on.</param>
/// <param name="Payload">Its bytes in hexadecimal.</param>
/// <param name="Fields">Paths and values, of all its samples in their order.</param>
internal sealed record CodecSample(int FPort, string Payload, params (string Path, double Value)[] Fields);

/// <summary>Contract that every codec keeps; a codec's test class names it and its samples.</summary>
public abstract class CodecContractTests
{
    private protected abstract Codec Codec { get; }

    /// <summary>Payloads as the device's documentation shows them.</summary>
    private protected abstract IReadOnlyList<CodecSample> Samples { get; }

    [Fact]
    public void IsListedByItsName()
    {
        Assert.Same(Codec, KnownCodecs.Named(Codec.Name));
        Assert.Matches("^[a-z0-9-]{1,32}$", Codec.Name);
    }

    [Fact]
    public void ReadsItsSamples() => Assert.All(Samples, sample =>
        Assert.Equal(sample.Fields, Read(sample).SelectMany(d => d.Fields).Select(f => (f.Path, f.Value))));

    [Fact]
    public void NamesEachFieldOnceInTheFormOfAMetricsName() => Assert.All(Samples.SelectMany(Read), decoded =>
    {
        Assert.All(decoded.Fields, f => Assert.True(Metric.IsName(f.Path), f.Path));
        Assert.Distinct(decoded.Fields.Select(f => f.Path));
    });

    [Fact]
    public void GivesEachSampleOfAFrameATimeOfItsOwn() => Assert.All(Samples, sample => Assert.Distinct(Read(sample).Select(d => d.Time)));

    [Fact]
    public void RefusesWhateverItCannotRead() => Gen.Select(Gen.Int[0, Samples.Count - 1], Gen.Byte.Array[0, 60], Gen.Int[0, 60])
        .Sample((at, noise, keep) =>
        {
            var sample = Samples[at];
            byte[] payload = [.. Convert.FromHexString(sample.Payload).Take(keep), .. noise];
            try
            {
                Codec.Read(sample.FPort, payload);
            }
            catch (RefusedException)
            {
                // The only failure there may be.
            }
        });

    private IReadOnlyList<Decoded> Read(CodecSample sample) => Codec.Read(sample.FPort, Convert.FromHexString(sample.Payload));
}
