namespace IotGateway.Cloud.Enrolment;

/// <summary>Verdict against a certificate.</summary>
/// <param name="Reason">Its name, from a small fixed set.</param>
/// <param name="Detail">Whose certificate it is, or the file that is at fault.</param>
internal sealed record CertificateRefusal(string Reason, string? Detail);
