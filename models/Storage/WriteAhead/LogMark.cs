using System.Runtime.InteropServices;

namespace IotGateway.Storage.WriteAhead;

/// <summary>The part of a log that was surely durable.</summary>
/// <param name="Salt">The salt of its generation.</param>
/// <param name="Frames">How many of its frames.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LogMark(ulong Salt, int Frames);
