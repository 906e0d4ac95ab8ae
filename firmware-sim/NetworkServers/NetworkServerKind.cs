using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.NetworkServers;

/// <summary>A kind of network server. Each lies in a folder of its own; the list stands in NetworkServerKinds.</summary>
/// <param name="Name">Its name on the command line, and its client id at the broker.</param>
/// <param name="Title">Its name for people, with what they need to subscribe to it.</param>
/// <param name="TopicRoot">Start of all its topics, with the slash.</param>
/// <param name="For">Makes its voice for a node.</param>
internal sealed record NetworkServerKind(string Name, string Title, string TopicRoot, Func<NodeIdentity, INetworkServer> For);
