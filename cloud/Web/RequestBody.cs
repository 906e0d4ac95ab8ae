namespace IotGateway.Cloud.Web;

/// <summary>Body of a request, read whole, bounded in bytes and time: who sends slowly holds neither memory nor a place long.</summary>
internal static class RequestBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <param name="context">Whose.</param>
    /// <param name="mostBytes">What is taken.</param>
    /// <param name="within">The time for all of it.</param>
    /// <returns>The body, or the answer that refuses it.</returns>
    /// <exception cref="BadHttpRequestException">It broke off, or came slower than the server bears.</exception>
    public static async Task<(byte[]? Body, IResult? Refusal)> ReadAsync(HttpContext context, int mostBytes, TimeSpan within)
    {
        var tooLarge = Problem.Refused(
            StatusCodes.Status413PayloadTooLarge, $"The body has more than {mostBytes} bytes; expected at most so many.");
        if (context.Request.ContentLength > mostBytes)
            return (null, tooLarge);

        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(within);
        using var body = new MemoryStream((int)(context.Request.ContentLength is { } told ? Math.Min(told, ChunkBytes) : 0));
        var chunk = new byte[Math.Min(ChunkBytes, mostBytes + 1)];
        try
        {
            while (await context.Request.Body.ReadAsync(chunk, late.Token) is > 0 and var read)
            {
                body.Write(chunk, 0, read);
                if (body.Length > mostBytes)
                    return (null, tooLarge);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            return (null, Problem.Refused(
                StatusCodes.Status408RequestTimeout, $"The body did not come within {within.TotalSeconds} s.", "Too slow"));
        }

        return (body.ToArray(), null);
    }
}
