from locust import FastHttpUser, task


class Visitor(FastHttpUser):
    @task
    def get(self):
        self.client.get("/")
