namespace IotGateway.Cloud.Web;

/// <summary>Headers that go with each answer of the API.</summary>
internal static class AnswerHeaders
{
    /// <summary>Routes whose answers browsers and proxies neither keep nor take for anything but what they say they are.</summary>
    public static IEndpointRouteBuilder WithAnswerHeaders(this IEndpointRouteBuilder routes) => routes
        .MapGroup("")
        .WithHead()
        .AddEndpointFilter((context, next) =>
        {
            Write(context.HttpContext.Response.Headers);
            return next(context);
        });

    public static void Write(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
    }

    /// <summary>Routes that answer HEAD wherever they answer GET (RFC 9110, 9.3.2): monitors and caches ask by it.</summary>
    public static RouteGroupBuilder WithHead(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            for (var i = 0; i < endpoint.Metadata.Count; i++)
            {
                if (endpoint.Metadata[i] is HttpMethodMetadata { HttpMethods: var methods } && methods.Contains(HttpMethods.Get)
                    && !methods.Contains(HttpMethods.Head))
                    endpoint.Metadata[i] = new HttpMethodMetadata([.. methods, HttpMethods.Head]);
            }
        });
        return group;
    }
}
