namespace IotGateway.Edge.Sources.Contract;

/// <summary>A kind of source, chosen by its name in the configuration (<c>Sources:N:Kind</c>).</summary>
/// <param name="Name">Lower-case letters, digits and <c>-</c>.</param>
/// <param name="Add">Reads the section of one source, adds the worker that listens, and answers the source's name.</param>
internal sealed record SourceKind(string Name, Func<IHostApplicationBuilder, IConfigurationSection, string> Add);
