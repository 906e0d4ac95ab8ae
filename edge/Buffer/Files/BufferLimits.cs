using System.Runtime.InteropServices;

namespace IotGateway.Edge.Buffer.Files;

/// <summary>The disk that the buffer may take.</summary>
/// <param name="MaxBytes">The most bytes of the live files, the log included.</param>
/// <param name="LogBytes">The log's size, in bytes.</param>
/// <param name="ReserveFreeBytes">Free bytes of the disk that are left to others.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BufferLimits(long MaxBytes, int LogBytes, long ReserveFreeBytes);
