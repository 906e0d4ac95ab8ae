using IotGateway.Cloud.Data.Aws;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Ingest.Queue;

/// <summary>The configuration section <c>Queue</c>: the SQS queue that messages come by.</summary>
internal sealed class QueueOptions
{
    /// <summary>The queue's URL.</summary>
    public string Url { get; set; } = "";

    /// <summary>
    /// Seconds after which another worker gets a message that this one has neither deleted nor asked to keep, 10 to 3600. The default value
    /// is 60.
    /// </summary>
    public int VisibilitySeconds { get; set; } = 60;

    /// <summary>Batches of up to ten messages in work at once, 1 to 64. The default value is 4.</summary>
    public int Receivers { get; set; } = 4;

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static QueueOptions Read(IConfiguration configuration) =>
        configuration.Read("Queue", s => s.Get<QueueOptions>(Options.Strict)).Checked();

    public QueueOptions Checked()
    {
        Options.Check(
            Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.AbsolutePath.Length > 1, "Queue:Url", Url, "the URL of an SQS queue");
        AwsOptions.CheckUrl("Queue:Url", Url);
        Options.Check(VisibilitySeconds is >= 10 and <= 3600, "Queue:VisibilitySeconds", VisibilitySeconds, "10 to 3600");
        Options.Check(Receivers is >= 1 and <= 64, "Queue:Receivers", Receivers, "1 to 64");
        return this;
    }
}
