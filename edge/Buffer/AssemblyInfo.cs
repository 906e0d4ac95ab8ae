using System.Runtime.CompilerServices;

// The process that the kill -9 tests start and end.
[assembly: InternalsVisibleTo("IotGateway.BufferWriter")]
