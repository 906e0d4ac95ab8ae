namespace IotGateway.Cloud.Web;

/// <summary>Headers that go with each answer of the API.</summary>
internal static class AnswerHeaders
{
    /// <summary>Routes whose answers browsers and proxies neither keep nor take for anything but what they say they are.</summary>
    public static IEndpointRouteBuilder WithAnswerHeaders(this IEndpointRouteBuilder routes) => routes
        .MapGroup("")
        .AddEndpointFilter((context, next) =>
        {
            var headers = context.HttpContext.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            return next(context);
        });
}
