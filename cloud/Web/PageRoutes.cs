using IotGateway.Cloud.Web.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IotGateway.Cloud.Web;

/// <summary>Routes of pages, with the headers that each of them carries.</summary>
internal static class PageRoutes
{
    /// <summary>Nothing from elsewhere, nothing inline: a hive's name can hold what it likes.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action "
            + "'self'; frame-ancestors 'none'";

    /// <summary>A group for pages and what they load; each room maps its own in it.</summary>
    public static IEndpointRouteBuilder AsPages(this IEndpointRouteBuilder routes) => routes
        .MapGroup("")
        .WithHead()
        .AddEndpointFilter((context, next) =>
        {
            Protect(context.HttpContext.Response.Headers);
            return next(context);
        });

    /// <summary>The page that says that there is none.</summary>
    public static RazorComponentResult<NotFoundPage> NotFound() => new() { StatusCode = StatusCodes.Status404NotFound };

    /// <summary>Writes the headers of a page.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }
}
