using System.Runtime.CompilerServices;

// The process that the kill -9 test starts and ends.
[assembly: InternalsVisibleTo("IotGateway.ObjectUploader")]
