namespace IotGateway.Edge.Problems;

/// <summary>Part of a room that knows what is wrong there. Status asks all of them, in the order in which their rooms were added.</summary>
internal interface IProblems
{
    /// <summary>The problems of this moment, each a sentence for who looks after the gateway.</summary>
    IEnumerable<string> Problems();
}
