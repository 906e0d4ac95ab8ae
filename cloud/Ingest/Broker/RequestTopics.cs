using System.Net;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Enrolment;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>A client that is connected.</summary>
/// <param name="Client">The MQTT client id: a gateway's name, or a claim's own.</param>
/// <param name="Certificate">What it showed.</param>
/// <param name="Remote">Where it comes from.</param>
internal sealed record Caller(string Client, X509Certificate2 Certificate, EndPoint? Remote)
{
    /// <summary>The address by which those are counted who share a certificate.</summary>
    public string Address => ClientAddress.Of(Remote);

    /// <summary>The certificate's common name.</summary>
    public string Name { get; } = ClientCheck.Name(Certificate);

    /// <summary>The template a claim certificate may provision by; null for a gateway.</summary>
    public string? Template => Claims.Template(Name);

    public bool IsGateway => Template is null;
}

/// <summary>An answer to whoever asked, and to nobody else.</summary>
internal sealed record Reply(string Topic, byte[] Payload);

/// <summary>Topics on which the broker answers requests, beside those of batches.</summary>
internal interface IRequestTopics
{
    /// <summary>True when the caller may listen there.</summary>
    bool MaySubscribe(Caller caller, string filter);

    /// <summary>Answers to a request; null when the topic is none of these, or not for this caller.</summary>
    IReadOnlyList<Reply>? Answer(Caller caller, string topic, ReadOnlyMemory<byte> payload);
}
