using System.Globalization;
using IotGateway.Cloud.Data;
using Microsoft.Extensions.Primitives;

namespace IotGateway.Cloud.Web;

/// <summary>
/// The last word on requests that no route answered: an unknown path, a method that a path does not have, a body that does not come, a
/// fault of our own. Below <c>/api</c> always problem details; elsewhere a page where one was asked for.
/// </summary>
internal static class FinalAnswers
{
    private const int RetryAfterSeconds = 30;

    /// <summary>Puts them around all routes.</summary>
    public static void UseFinalAnswers(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FinalAnswers));
        app.Use(async (context, next) =>
        {
            if (await FailureAsync(context, next, log) is { } problem)
                await problem.ExecuteAsync(context);
            else if (IsUnanswered(context.Response))
                await AnswerAsync(context);
        });
    }

    /// <summary>
    /// Runs the route. What the client did is told in one line: it may do so as often as it likes, and nobody can mend it here.
    /// </summary>
    /// <returns>The answer to a failure; null when there was none, or nobody to tell.</returns>
    private static async Task<IResult?> FailureAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        var (method, path) = (Shown(context.Request.Method), Shown(context.Request.Path.Value ?? ""));
        try
        {
            await next(context);
            return null;
        }
        catch (BadHttpRequestException e)
        {
            log.ClientAtFault(method, path, e.StatusCode, e.Message);
            return Cleared(context) ? Problem.Refused(e.StatusCode, e.Message) : null;
        }
        catch (DamagedStoreException e) when (Cleared(context))
        {
            // The process ends by it, and the next start makes the store anew.
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Problem.Unavailable(e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            log.ClientLeft(method, path);
            return null;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            log.AnswerFailed(e, method, path);
            return Cleared(context)
                ? Problem.Refused(StatusCodes.Status500InternalServerError, "The cloud failed to answer; its log says why.", "Failed")
                : null;
        }
    }

    /// <summary>Empties an answer that nothing was sent of; one that is under way is cut off, so that nobody takes it for whole.</summary>
    private static bool Cleared(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return false;
        }

        context.Response.Clear();
        AnswerHeaders.Write(context.Response.Headers);
        return true;
    }

    private static bool IsUnanswered(HttpResponse response) =>
        !response.HasStarted && response.StatusCode >= 400 && response.ContentLength is null && response.ContentType is null;

    private static Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var allowed = response.Headers.Allow;
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed && HttpMethods.IsOptions(request.Method))
        {
            response.Headers.Allow = StringValues.Concat(allowed, HttpMethods.Options);
            response.StatusCode = StatusCodes.Status204NoContent;
            AnswerHeaders.Write(response.Headers);
            return Task.CompletedTask;
        }

        if (response.StatusCode == StatusCodes.Status404NotFound && !IsForPrograms(request))
        {
            PageRoutes.Protect(response.Headers);
            return PageRoutes.NotFound().ExecuteAsync(context);
        }

        AnswerHeaders.Write(response.Headers);
        return Problem.Refused(
            response.StatusCode,
            response.StatusCode switch
            {
                StatusCodes.Status404NotFound => $"There is nothing at '{Shown(request.Path.Value ?? "")}'.",
                StatusCodes.Status405MethodNotAllowed =>
                    $"{Shown(request.Method)} is not taken at '{Shown(request.Path.Value ?? "")}'; expected {allowed}.",
                _ => "The request is not taken.",
            },
            response.StatusCode == StatusCodes.Status404NotFound ? "Not found" : "Refused").ExecuteAsync(context);
    }

    private static bool IsForPrograms(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    /// <summary>Without control characters: a line of the log stays one line.</summary>
    private static string Shown(string text) =>
        Problem.Shown(string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)));
}
