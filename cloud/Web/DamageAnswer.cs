using System.Globalization;
using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Web;

/// <summary>Answer 503 with the reason where a store is damaged: the process ends by it, and the next start makes the store anew.</summary>
internal static class DamageAnswer
{
    private const int RetryAfterSeconds = 30;

    public static void UseDamageAnswer(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (DamagedStoreException e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await Problem.Unavailable(e.Message).ExecuteAsync(context);
        }
    });
}
