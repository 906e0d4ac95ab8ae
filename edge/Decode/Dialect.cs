namespace IotGateway.Edge.Decode;

/// <summary>Reads one message of a network server.</summary>
/// <exception cref="RefusedException">It is none that the dialect knows.</exception>
internal delegate Content DialectReader(string topic, ReadOnlyMemory<byte> message);

/// <summary>The form in which one network server publishes its events.</summary>
/// <param name="Name">Its name in the configuration (<c>Sources:N:Dialect</c>): lower-case letters, digits and <c>-</c>.</param>
/// <param name="Topic">The topics to subscribe to where the configuration names none.</param>
/// <param name="Read">Reads a message.</param>
internal sealed record Dialect(string Name, string Topic, DialectReader Read)
{
    /// <summary>Reads a message; one that cannot be read is <see cref="Unreadable"/>.</summary>
    public Content ContentOf(string topic, ReadOnlyMemory<byte> message)
    {
        try
        {
            return Read(topic, message);
        }
        catch (RefusedException refused)
        {
            return new Unreadable(refused.Reason, refused.Message);
        }
    }
}
