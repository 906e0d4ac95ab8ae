using System.Net;

namespace IotGateway.Cloud.Ingest.Status;

/// <summary>Log lines of the Ingest room, below all its parts.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Gateways may connect on {Address}:{Port} with mutual TLS; {Enrolled} enrolled")]
    public static partial void Listening(this ILogger log, string address, int port, int enrolled);

    [LoggerMessage(2, LogLevel.Information, "Gateway {Gateway} connected from {Remote}")]
    public static partial void Connected(this ILogger log, string gateway, EndPoint? remote);

    [LoggerMessage(3, LogLevel.Information, "Gateway {Gateway} disconnected ({How})")]
    public static partial void Disconnected(this ILogger log, string gateway, string how);

    [LoggerMessage(4, LogLevel.Warning, "Connection from {Remote} refused: {Reason} ({Detail})")]
    public static partial void ConnectionRefused(this ILogger log, EndPoint? remote, string reason, string? detail);

    [LoggerMessage(21, LogLevel.Error, "{Fault}; its gateway is refused until it is put back, or revoked and enrolled again")]
    public static partial void RegisteredCertificateDamaged(this ILogger log, string fault);

    [LoggerMessage(24, LogLevel.Error, "{Fault}; its gateway connects by the certificate it had before, until it renews that again")]
    public static partial void RenewedCertificateDamaged(this ILogger log, string fault);

    [LoggerMessage(
        22, LogLevel.Error,
        "By the clock the authority's life begins on {Begins:u}: either the clock is behind, or it was ahead when the authority was made; "
            + "gateways may refuse the cloud")]
    public static partial void AuthorityIsToCome(this ILogger log, DateTime begins);

    [LoggerMessage(23, LogLevel.Warning, "{Count} more connections were refused in the minute before")]
    public static partial void MoreConnectionsRefused(this ILogger log, int count);

    [LoggerMessage(5, LogLevel.Debug, "Connection from {Remote} broke: {Detail}")]
    public static partial void ConnectionBroke(this ILogger log, EndPoint? remote, string detail);

    [LoggerMessage(6, LogLevel.Warning, "A connection could not be accepted: {Detail}")]
    public static partial void AcceptFailed(this ILogger log, string detail);

    [LoggerMessage(7, LogLevel.Warning, "Gateway {Gateway}: message refused: {Reason}: {Detail}")]
    public static partial void MessageRefused(this ILogger log, string gateway, string reason, string detail);

    [LoggerMessage(
        9, LogLevel.Debug,
        "Gateway {Gateway} stream {Stream}: {First} to {Last} stored: {Stored} new, {Duplicates} known, {Conflicts} in conflict")]
    public static partial void BatchStored(
        this ILogger log, string gateway, string stream, long first, long last, int stored, int duplicates, int conflicts);

    [LoggerMessage(10, LogLevel.Critical, "Storing failed; the process ends without acknowledging, to be started again")]
    public static partial void StoringFailed(this ILogger log, Exception e);

    [LoggerMessage(
        12, LogLevel.Information,
        "Applying the record to the hot store: {Batches} batches, {Readings} readings new, at those received {Received:u}")]
    public static partial void Recovering(this ILogger log, long batches, long readings, DateTimeOffset received);

    [LoggerMessage(13, LogLevel.Information, "Applied {Batches} batches of the record to the hot store: {Readings} readings new")]
    public static partial void Recovered(this ILogger log, long batches, long readings);

    [LoggerMessage(18, LogLevel.Error, "{Segment} of the log has {Damaged} unreadable stretches between batches; the others are used")]
    public static partial void LogDamaged(this ILogger log, string segment, int damaged);

    [LoggerMessage(19, LogLevel.Error, "Raw object {Key} has unreadable stretches; its other batches are used")]
    public static partial void ObjectDamaged(this ILogger log, string key);

    [LoggerMessage(20, LogLevel.Warning, "The log cannot be moved into the raw lake and waits: {Detail}")]
    public static partial void ArchivingWaits(this ILogger log, string detail);

    [LoggerMessage(15, LogLevel.Error, "Client {Client}: its message could not be handled; its connection is closed")]
    public static partial void HandlingFailed(this ILogger log, Exception e, string client);

    [LoggerMessage(16, LogLevel.Error, "Connection from {Remote} could not be served")]
    public static partial void ConnectionFailed(this ILogger log, Exception e, EndPoint? remote);

    [LoggerMessage(17, LogLevel.Warning, "Gateway {Gateway}: a message refused as {Reason} could not be put into quarantine: {Detail}")]
    public static partial void NotQuarantined(this ILogger log, string gateway, string reason, string detail);

    [LoggerMessage(
        14, LogLevel.Error, "A raw batch of gateway {Gateway} stream {Stream}, {First} to {Last}, cannot be applied: {Reason}: {Detail}")]
    public static partial void RawBatchUnreadable(
        this ILogger log, string gateway, string stream, long first, long last, string reason, string detail);

    [LoggerMessage(
        40, LogLevel.Information,
        "Queue {Url} is open: {Receivers} receivers; a message becomes a dead letter after {MaxReceives} receives")]
    public static partial void QueueOpen(this ILogger log, string url, int receivers, int maxReceives);

    [LoggerMessage(41, LogLevel.Critical, "{Detail}")]
    public static partial void QueueUnfit(this ILogger log, string detail);

    [LoggerMessage(42, LogLevel.Warning, "The queue's messages wait: {Detail}; tried again in {Seconds:0.0} s")]
    public static partial void QueueWaits(this ILogger log, string detail, double seconds);

    [LoggerMessage(
        43, LogLevel.Warning,
        "Message {Message} of gateway {Gateway} quarantined: {Reason}, received {Receives} of {MaxReceives} times: {Detail}")]
    public static partial void MessageQuarantined(
        this ILogger log, string message, string gateway, string reason, int receives, int maxReceives, string detail);

    [LoggerMessage(44, LogLevel.Warning, "An answer for gateway {Gateway} waits: {Detail}")]
    public static partial void AnswerWaits(this ILogger log, string gateway, string detail);

    [LoggerMessage(
        45, LogLevel.Warning,
        "Gateway {Gateway}: {Readings} readings are in the record and set aside from the stores: {Reason}: {Detail}; counted from here on")]
    public static partial void ReadingsSetAside(this ILogger log, string gateway, long readings, string reason, string detail);
}
