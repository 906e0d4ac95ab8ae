using IotGateway.Cloud.Data;

namespace IotGateway.Cloud.Sites;

/// <summary>The room's entry: the sites and hives, checked.</summary>
internal static class SitesRoom
{
    public static Apiary AddSites(this WebApplicationBuilder builder)
    {
        var apiary = Apiary.From(builder.Configuration.Read<ApiaryOptions>("Apiary"));
        builder.Services.AddSingleton(apiary);
        return apiary;
    }
}
