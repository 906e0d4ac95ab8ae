using IotGateway.Cloud.Disease.Api;
using IotGateway.Cloud.Disease.Pages;
using IotGateway.Cloud.Disease.Scenarios;
using IotGateway.Cloud.Web;
using IotGateway.Cloud.Web.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IotGateway.Cloud.Disease;

/// <summary>Registration of the scenarios of mites and foulbrood between apiaries: their API and their page.</summary>
internal static class DiseaseRoom
{
    public static void AddDisease(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiteApiaries>();
        builder.Services.AddSingleton<ScenarioDesk>();
        builder.Services.AddSingleton(new NavigationEntry("disease", "Disease", "/disease", Order: 45));
    }

    public static void MapDisease(this IEndpointRouteBuilder routes)
    {
        routes.WithAnswerHeaders().MapScenarios();
        routes.AsPages().MapGet("/disease", (string? kind, string? treatment, string? standstill) => new RazorComponentResult<DiseasePage>(
            new { Kind = kind, Treatment = treatment, Standstill = standstill }));
    }
}
